"""Imports lists into Anki as its users do: python learn.py FIRST AGAIN CHANGED.

FIRST and AGAIN are the same list, in CHANGED one definition is another.
"""

import sys
import tempfile

from anki.collection import Collection, ImportCsvRequest


def take(col, path):
    """Imports a list as Anki's own dialog proposes to."""
    metadata = col.get_csv_metadata(path=path, delimiter=None)
    return col.import_csv(ImportCsvRequest(path=path, metadata=metadata)).log


def notes(col):
    """All notes by their guid: the fields and the tags."""
    found = [col.get_note(nid) for nid in col.find_notes("")]
    return {note.guid: (dict(note.items()), sorted(note.tags)) for note in found}


def main(first, again, changed):
    with tempfile.TemporaryDirectory() as folder:
        col = Collection(f"{folder}/collection.anki2")
        log = take(col, first)
        count = len(log.new)
        assert count == 3 and col.note_count() == count, log
        before = notes(col)
        deck = "文摘 & <b>"
        assert col.decks.id_for_name(deck), [d.name for d in col.decks.all_names_and_ids()]
        word = next(g for g, (fields, _) in before.items() if "九九六" in fields["Front"])
        back = before[word][0]["Back"]
        for part in ["jiǔ jiǔ liù", "996 &lt;work&gt; &amp;", "换行<br>", "<b>九九六</b>很累 &amp; 粗。",
                     "https://a.org/d/2025/work/#p2-z1"]:
            assert part in back, (part, back)
        assert before[word][1] == ["proper_noun", "work"], before[word]

        # A learner has met the word, and will see it again in three weeks.
        card = col.get_card(col.find_cards(f"nid:{col.find_notes('九九六')[0]}")[0])
        card.type, card.queue, card.ivl, card.due, card.reps, card.factor = 2, 2, 21, 900, 4, 2300
        col.update_card(card)

        def schedule():
            own = col.get_card(card.id)
            return (own.type, own.queue, own.ivl, own.due, own.reps, own.factor, own.did)

        kept = schedule()
        log = take(col, again)
        assert not log.new and col.note_count() == count, log
        assert notes(col) == before
        assert schedule() == kept

        log = take(col, changed)
        assert not log.new and col.note_count() == count, log
        after = notes(col)
        assert "a new meaning" in after[word][0]["Back"], after[word]
        assert {g for g in before if before[g] != after[g]} == {word}
        assert schedule() == kept

        # A note type of one's own takes the fields by their names, in any order.
        models = col.models
        model = models.new("Words")
        for name in ["Pinyin", "Chinese", "Example", "English"]:
            models.add_field(model, models.new_field(name))
        template = models.new_template("Card 1")
        template["qfmt"], template["afmt"] = "{{Chinese}}", "{{English}}"
        models.add_template(model, template)
        models.add(model)
        own = f"{folder}/own.txt"
        with open(first, encoding="utf-8") as source, open(own, "w", encoding="utf-8") as target:
            target.write(source.read().replace("#notetype:Basic", "#notetype:Words"))
        col.remove_notes(list(col.find_notes("")))
        take(col, own)
        fields = notes(col)[word][0]
        assert fields["Pinyin"] == "jiǔ jiǔ liù" and fields["Chinese"] == "九九六", fields
        col.close()
    print("ok")


main(*sys.argv[1:])
