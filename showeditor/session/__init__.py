"""The one mutable object: Session, with its history, its selection and its background work. Plain callbacks, no Qt."""
