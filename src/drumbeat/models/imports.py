"""Files of contacts on their way in: the text in pieces, and the rows that were refused.

They lie in the database, because the host that took the upload need not be the one whose worker reads it.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class ContactImport(models.Model):
    """A CSV file as UTF-8. `begins_*`: where its rows begin. Without a job it was uploaded and not started."""

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    member = models.ForeignKey("drumbeat.Member", null=True, on_delete=models.SET_NULL, db_index=False)
    name = models.CharField(max_length=300)
    encoding = models.CharField(max_length=20)
    delimiter = models.CharField(max_length=1)
    header = models.JSONField(default=list)
    size = models.PositiveBigIntegerField()
    lines = models.PositiveBigIntegerField()
    begins_offset = models.PositiveBigIntegerField()
    begins_line = models.PositiveBigIntegerField()
    job = models.ForeignKey("drumbeat.Job", null=True, on_delete=models.SET_NULL, db_index=False)
    created_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "-id"], name="import_of_workspace")
        ]


class ImportPiece(models.Model):
    """Whole lines of the file, from byte `offset` on. Removed as soon as the import is over."""

    contact_import = models.ForeignKey(
        ContactImport, on_delete=models.CASCADE, db_index=False, related_name="pieces"
    )
    offset = models.PositiveBigIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["contact_import", "offset"], name="import_piece_once")
        ]


class ImportRefusal(models.Model):
    """A row that was not imported, with the line on which it ends and the reason."""

    contact_import = models.ForeignKey(
        ContactImport, on_delete=models.CASCADE, db_index=False, related_name="refusals"
    )
    line = models.PositiveBigIntegerField()
    cells = models.JSONField(default=list)
    reason = models.TextField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["contact_import", "id"], name="refusal_of_import")
        ]
