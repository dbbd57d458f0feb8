namespace Chunnel.Core;

/// <summary>Finds what a person probably meant: the known word with the fewest slips of the keyboard.</summary>
public static class Nearest
{
    private const int LongestWord = 64;

    /// <summary>The known word nearest to <paramref name="word"/>, or null when none is near enough to be worth naming.</summary>
    public static string? To(string word, IEnumerable<string> known)
    {
        if (word.Length is 0 or > LongestWord) return null;
        var plain = Plain(word);
        var best = default(string);
        var bestFar = double.MaxValue;
        foreach (var candidate in known)
        {
            if (candidate.Length is 0 or > LongestWord) continue;
            var far = Far(plain, Plain(candidate));
            if (far < bestFar) (best, bestFar) = (candidate, far);
        }
        return best;
    }

    /// <summary>The sentence <c>Did you mean 'x'?</c>, or null when nothing is near.</summary>
    public static string? DidYouMean(string word, IEnumerable<string> known) =>
        To(word, known) is { } meant ? $"Did you mean '{meant}'?" : null;

    /// <summary>Inserts, deletes, replacements and swaps of neighbours that lead from one word to the other.</summary>
    public static int Slips(string from, string to)
    {
        // Optimal string alignment: three rows are enough, a swap looks two rows back.
        int[] before = [], above = [.. Enumerable.Range(0, to.Length + 1)];
        for (var i = 1; i <= from.Length; i++)
        {
            var row = new int[to.Length + 1];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = above[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(above[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }
            (before, above) = (above, row);
        }
        return above[to.Length];
    }

    // A third of the letters may be wrong. Or one word is the other with something left off (file_format, file_format_type):
    // that is nearer than two slips, which make another word (time_format), and farther than one.
    private static double Far(string word, string candidate)
    {
        var slips = Slips(word, candidate);
        if (IsCutOff(word, candidate) || IsCutOff(candidate, word)) return Math.Min(slips, 1.5);
        return slips <= Math.Max(1, Math.Min(word.Length, candidate.Length) / 3) ? slips : double.MaxValue;
    }

    private static bool IsCutOff(string part, string whole) => part.Length >= 4 && whole.StartsWith(part, StringComparison.Ordinal);

    private static string Plain(string word) => word.ToLowerInvariant().Replace('-', '_').Replace('.', '_');
}
