"""Files of letters are their uploader's; those that a step takes along are the workspace's."""

from typing import Any

from django.db import migrations, models


def share_those_of_steps(apps: Any, editor: Any) -> None:
    """Mark what working copies, templates and versions take along: that everybody who sees sequences could see."""
    drafts = apps.get_model("drumbeat", "SequenceDraft").objects.values_list("document", flat=True)
    templates = apps.get_model("drumbeat", "SequenceTemplate").objects.values_list("document", flat=True)
    bodies = apps.get_model("drumbeat", "Content").objects.filter(body__content__attachments__isnull=False)
    contents = [step.get("content") for rows in (drafts, templates) for row in rows for step in row["steps"]]
    contents += [body["content"] for body in bodies.values_list("body", flat=True).iterator()]
    taken = {
        ref["id"]
        for content in contents
        if isinstance(content, dict)
        for ref in content.get("attachments") or ()
        if isinstance(ref.get("id"), int)
    }
    rows = apps.get_model("drumbeat", "Attachment").objects.defer("data")
    for row_id in rows.values_list("id", flat=True):
        if row_id in taken:
            rows.filter(id=row_id).update(shared=True)


class Migration(migrations.Migration):
    dependencies = [("drumbeat", "0019_presence")]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="shared",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.RemoveConstraint(model_name="attachment", name="attachment_once"),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.UniqueConstraint(
                fields=("workspace", "sha256", "made_by"), name="attachment_once_each"
            ),
        ),
        migrations.RunPython(share_those_of_steps, migrations.RunPython.noop),
    ]
