using Chunnel.Core;

namespace Chunnel.Config;

/// <summary>What came of a job text: a definition when nothing was wrong, and all that is to be said about it.</summary>
public sealed record JobLoadResult(JobDefinition? Definition, IReadOnlyList<Problem> Problems)
{
    public bool HasErrors => Problems.Any(problem => problem.Severity == Severity.Error);
}
