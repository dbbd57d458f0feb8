using Chunnel.Core;

namespace Chunnel.Config;

/// <summary>What came of a job text: a definition when nothing was wrong, and all that is to be said about it.</summary>
public sealed record JobLoadResult(JobDefinition? Definition, IReadOnlyList<Problem> Problems)
{
    /// <summary>The job as far as it can be understood, mistakes and all: to find further ones in it, never to run it. Null when it makes no sense at all.</summary>
    public JobDefinition? Draft { get; init; } = Definition;

    /// <summary>The same with more that is to be said; a mistake among it leaves no definition.</summary>
    public JobLoadResult And(IEnumerable<Problem> more)
    {
        var problems = JobLoader.InReadingOrder(Problems.Concat(more));
        return this with { Problems = problems, Definition = problems.Any(problem => problem.Severity == Severity.Error) ? null : Definition };
    }

    public bool HasErrors => Problems.Any(problem => problem.Severity == Severity.Error);
}
