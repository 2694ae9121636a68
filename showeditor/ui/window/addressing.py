"""The command that gives cues their firing pins."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QInputDialog, QMainWindow

from showeditor.model.cue import Controller
from showeditor.model.errors import BadInput
from showeditor.model.show import Show
from showeditor.planning.controllers import controller_models, spec_of
from showeditor.timeline import parts
from showeditor.timeline.addressing import auto_address
from showeditor.ui.desk import Desk
from showeditor.ui.edge import guarded
from showeditor.ui.language import word
from showeditor.ui.window.commands import Commands

USUAL = "cobra-6"
"""The controller model that is offered first, a row of assets/controllers."""


class Addressing(QObject):
    """Gives the selected cues, else all, the next free pins of a controller; addresses that exist stay."""

    def __init__(self, desk: Desk, commands: Commands, window: QMainWindow) -> None:
        super().__init__(window)
        self.desk = desk
        self.window = window
        commands.do("address", self.address)
        commands.do("address_options", self.with_options)
        commands.do("controllers", self.state_controllers)

    @guarded
    def address(self) -> None:
        """Asks for the controller where that is not clear, then addresses."""
        show = self.desk.show
        chosen = [cue.id for cue in show.cues() if cue.id in self.desk.state.selection]
        before = [cue for cue in show.cues() if cue.address is None and (not chosen or cue.id in chosen)]
        if not before:
            raise BadInput(self.tr("Every cue has an address already"))
        found = self._controller(show)
        if found is None:
            return
        show, controller = found
        spec = spec_of(controller)
        if spec is None or not spec.ranges_known:
            raise BadInput(self.tr("The controller model {model} is not known").format(model=controller.model))
        # modules are counted from 1 on site; 0 stays free for what listens only
        modules = range(max(1, spec.module_lo), spec.module_hi + 1)
        after = auto_address(show, controller.id, modules, range(spec.pin_lo, spec.pin_hi + 1), chosen or None)
        self.desk.apply(after, word("Address cues"))
        used = {
            cue.address.module
            for cue in after.cues()
            if cue.address is not None and cue.address.controller == controller.id
        }
        self.desk.said.emit(
            self.tr("{n} cues addressed; {modules} modules in use").format(n=len(before), modules=len(used))
        )

    @guarded
    def with_options(self) -> None:
        """Asks how addresses are to be given; a show without controller gets one first."""
        from showeditor.ui.dialogs.addressing import AddressDialog

        if not self.desk.show.controllers:
            found = self._controller(self.desk.show)
            if found is None:
                return
            self.desk.apply(found[0], word("Add a controller"))
        dialog = AddressDialog(self.desk, self.window)
        dialog.exec()
        dialog.deleteLater()

    @guarded
    def state_controllers(self) -> None:
        """Opens what the crew states about controllers and licences."""
        from showeditor.ui.dialogs.controllers import ControllersDialog

        dialog = ControllersDialog(self.desk, self.window)
        dialog.exec()
        dialog.deleteLater()

    def _controller(self, show: Show) -> tuple[Show, Controller] | None:
        """The controller to use, with the show that has it; None when the question was cancelled."""
        if len(show.controllers) == 1:
            return show, show.controllers[0]
        if show.controllers:
            names = [c.name or c.id for c in show.controllers]
            name, given = QInputDialog.getItem(
                self.window, self.tr("Address cues"), self.tr("Controller"), names, 0, False
            )
            return (show, show.controllers[names.index(name)]) if given else None
        models = controller_models()
        titles = {spec.title: key for key, spec in models.items()}
        first = list(titles.values()).index(USUAL) if USUAL in models else 0
        title, given = QInputDialog.getItem(
            self.window, self.tr("Address cues"), self.tr("Kind of controller"), list(titles), first, False
        )
        if not given:
            return None
        after, _ = parts.new_part(show, Controller, model=titles[title], name=title)
        return after, after.controllers[-1]
