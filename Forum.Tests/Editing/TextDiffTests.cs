using FsCheck;
using FsCheck.Fluent;
using Forum.Core.Editing;

namespace Forum.Tests.Editing;

public sealed class TextDiffTests
{
    [TestCase("one two three", "one 2 three", "one [-two-]{+2+} three")]
    [TestCase("alpha\nbeta", "alpha\nbeta\ngamma", " alpha| beta|+gamma")]
    [TestCase("alpha\nbeta\ngamma", "alpha\ngamma", " alpha|-beta| gamma")]
    [TestCase("nothing alike here", "zzz", "[-nothing alike here-]{+zzz+}")]
    [TestCase("我喜欢喝啤酒", "我喜欢喝红酒", "我喜欢喝[-啤-]{+红+}酒")]
    [TestCase("", "new", "+new")]
    [TestCase("a\r\nb", "a\nb", "(2)")]
    [TestCase("if (x) y();", "if (x) z();", "if (x) [-y-]{+z+}();")]
    public void Says_what_was_changed(string before, string after, string expected) =>
        Assert.That(string.Join('|', TextDiff.Of(before, after).Select(Said)), Is.EqualTo(expected));

    [Test]
    public void Long_stretches_without_a_change_are_folded_up()
    {
        var before = string.Join('\n', Enumerable.Range(1, 40).Select(i => $"line {i}"));

        var rows = TextDiff.Of(before, before.Replace("line 20", "line twenty", StringComparison.Ordinal));

        Assert.That(rows.Select(row => row.Skipped), Is.EqualTo([16, 0, 0, 0, 0, 0, 0, 0, 17]));
        Assert.That(Said(rows[4]), Is.EqualTo("line [-20-]{+twenty+}"));
    }

    // Few different lines, so that some are alike.
    private static readonly Arbitrary<string[]> Texts = Gen.Elements("", "a", "a b", "a c", "b b b", "c").ArrayOf(12).ToArbitrary();

    [Test]
    public void Both_states_can_be_read_from_it() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(Texts, Texts, HasBoth));

    private static bool HasBoth(string[] before, string[] after)
    {
        var (old, now) = (string.Join('\n', before), string.Join('\n', after));
        var rows = TextDiff.Of(old, now);

        return rows.All(row => row.Skipped > 0 || row.IsSame || row.Before is not null || row.After is not null)
            && rows.Sum(row => row.Skipped > 0 ? row.Skipped : row.Before is null ? 0 : 1) == Lines(old).Length
            && rows.Sum(row => row.Skipped > 0 ? row.Skipped : row.After is null ? 0 : 1) == Lines(now).Length
            && rows.Where(row => row.Before is not null).Select(row => Joined(row.Before!)).All(line => Lines(old).Contains(line))
            && rows.Where(row => row.After is not null).Select(row => Joined(row.After!)).All(line => Lines(now).Contains(line));

        static string[] Lines(string text) => text.Length == 0 ? [] : text.Split('\n');
        static string Joined(IEnumerable<DiffPiece> pieces) => string.Concat(pieces.Select(piece => piece.Text));
    }

    [TestCase("a\n", "b\n")]
    [TestCase("a", "b")]
    [TestCase("a ", "b ")]
    public void Texts_without_anything_in_common_take_no_more_than_a_moment(string before, string after)
    {
        var rows = TextDiff.Of(string.Concat(Enumerable.Repeat(before, 15_000)), string.Concat(Enumerable.Repeat(after, 15_000)));

        Assert.That(rows, Is.Not.Empty);
    }

    private static string Said(DiffRow row) => row switch
    {
        { Skipped: > 0 } => $"({row.Skipped})",
        { IsSame: true } => " " + string.Concat(row.After!.Select(piece => piece.Text)),
        { Before: null } => "+" + string.Concat(row.After!.Select(piece => piece.Text)),
        { After: null } => "-" + string.Concat(row.Before!.Select(piece => piece.Text)),
        _ => Both(row.Before!, row.After!),
    };

    private static string Both(IReadOnlyList<DiffPiece> before, IReadOnlyList<DiffPiece> after)
    {
        var said = "";
        for (int i = 0, j = 0; i < before.Count || j < after.Count;)
        {
            if (i < before.Count && before[i].Change == Change.Removed)
                said += $"[-{before[i++].Text}-]";
            else if (j < after.Count && after[j].Change == Change.Added)
                said += $"{{+{after[j++].Text}+}}";
            else
            {
                said += before[i++].Text;
                j++;
            }
        }

        return said;
    }
}
