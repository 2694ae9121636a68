"""The gate between a Plan and the files that hardware loads: formats, publishing, receipts and their verification."""
