from django.db import migrations

from drumbeat.core.search import search_form

CHUNK = 2000
COLUMNS = ["name_folded", "last_folded", "company_folded", "email_domain"]


def fill(apps, schema_editor):
    contact = apps.get_model("drumbeat", "Contact")
    last = 0
    while rows := list(
        contact.objects.filter(id__gt=last)
        .only("id", "first_name", "last_name", "company", "email_normal")
        .order_by("id")[:CHUNK]
    ):
        for row in rows:
            row.name_folded = search_form(row.first_name, row.last_name)
            row.last_folded = search_form(row.last_name)
            row.company_folded = search_form(row.company)
            row.email_domain = row.email_normal.rpartition("@")[2][:200]
        contact.objects.bulk_update(rows, COLUMNS, batch_size=200)
        last = rows[-1].id


class Migration(migrations.Migration):
    dependencies = [("drumbeat", "0011_contact_search_imports_and_notes")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
