using Chunnel.Core;

namespace Chunnel.Config.Hocon;

/// <summary>What the parsers of one job share: the mistakes found so far and the files that are being included.</summary>
internal sealed class HoconReading(IncludeReader? includes)
{
    /// <summary>Deeper nesting than any job has; keeps hostile text from eating the stack.</summary>
    public const int MaxDepth = 200;

    /// <summary>More files than a job includes; two includes in each of sixteen files would be 65,536.</summary>
    public const int MaxIncludes = 200;

    private const int MaxProblems = 50;

    public List<Problem> Problems { get; } = [];

    public IncludeReader? Includes { get; } = includes;

    public Stack<string> IncludeStack { get; } = new();

    public int IncludeCount { get; set; }

    /// <summary>False when parts of the text were skipped, so that the tree lacks what stands there.</summary>
    public bool IsWhole { get; private set; } = true;

    public bool GaveUp { get; private set; }

    public void Wrong(TextPosition where, string what, string? mend = null, bool skips = true)
    {
        if (GaveUp) return;
        if (skips) IsWhole = false;
        Problems.Add(new Problem(CommonErrors.ConfigValidateFailed, what) { Where = where, Mend = mend });
        if (Problems.Count >= MaxProblems) GiveUp();
    }

    public void Warn(TextPosition where, string what, string? mend = null)
    {
        if (GaveUp || Problems.Count >= MaxProblems) return;
        Problems.Add(new Problem(CommonErrors.ConfigValidateFailed, what) { Where = where, Mend = mend, Severity = Severity.Warning });
    }

    public void GiveUp()
    {
        GaveUp = true;
        IsWhole = false;
    }
}
