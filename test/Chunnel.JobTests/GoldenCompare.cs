using System.Text.RegularExpressions;

namespace Chunnel.JobTests;

/// <summary>Finds where our run of a job differs from the recorded one.</summary>
internal static partial class GoldenCompare
{
    public static IReadOnlyList<GoldenDifference> Differences(GoldenJob recorded, GoldenJob ours, bool givesItsRows)
    {
        var found = new List<GoldenDifference>();
        if (recorded.End != ours.End)
        {
            // One difference is enough: nothing else can be the same.
            found.Add(new GoldenDifference("end", recorded.End, ours.End));
            return found;
        }
        // How far a job came before it failed is chance.
        if (recorded.End == "FINISHED")
        {
            if (recorded.Read is { } read && read != ours.Read) found.Add(new GoldenDifference("read", $"{read}", $"{ours.Read}"));
            if (recorded.Written is { } written && written != ours.Written) found.Add(new GoldenDifference("written", $"{written}", $"{ours.Written}"));
            Compare("console", Lines(recorded, givesItsRows), Lines(ours, givesItsRows), found);
        }
        Compare("vertices", recorded.Vertices ?? [], ours.Vertices ?? [], found);
        Compare("edges", (recorded.Edges ?? []).Order(StringComparer.Ordinal), (ours.Edges ?? []).Order(StringComparer.Ordinal), found);
        return found;
    }

    private static void Compare(string field, IEnumerable<string> recorded, IEnumerable<string> ours, List<GoldenDifference> found)
    {
        var (before, now) = (recorded.ToList(), ours.ToList());
        if (before.SequenceEqual(now)) return;
        var (gone, added) = (before.Except(now).ToList(), now.Except(before).ToList());
        found.Add(gone.Count + added.Count == 0
            ? new GoldenDifference(field, $"{before.Count} lines, some of them twice", $"{now.Count} lines, some of them twice")
            : new GoldenDifference(field, string.Join(" / ", gone), string.Join(" / ", added)));
    }

    // Tasks write side by side, so lines stand in order only within a table of a task; each line holds its task and number.
    private static IOrderedEnumerable<string> Lines(GoldenJob job, bool withValues) =>
        job.Console.Select(line => withValues ? line : Values().Replace(line, "$1")).Order(StringComparer.Ordinal);

    /// <summary>All of a row's line before its values.</summary>
    [GeneratedRegex("^(subtaskIndex=.*? SeaTunnelRow#kind=[A-Z_]+ : ).*$", RegexOptions.Singleline)]
    private static partial Regex Values();
}

/// <summary>Where two runs of a job differ.</summary>
/// <param name="Field">As in <c>golden/differences.md</c>.</param>
internal sealed record GoldenDifference(string Field, string Recorded, string Ours);
