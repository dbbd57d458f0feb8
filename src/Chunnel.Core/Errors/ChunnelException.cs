namespace Chunnel.Core;

/// <summary>An error with a code, a cause and a cure. Its message is what SeaTunnel would print, then what to do.</summary>
public class ChunnelException : Exception
{
    public ChunnelException(ErrorCode code, string what, Exception? inner = null)
        : base(null, inner)
    {
        Code = code;
        What = what;
    }

    public ErrorCode Code { get; }

    /// <summary>The detail after the dash.</summary>
    public string What { get; }

    /// <summary>What to do about it.</summary>
    public string? Mend { get; init; }

    /// <summary>Where in a job file, if it comes from one.</summary>
    public TextPosition Where { get; init; } = TextPosition.Nowhere;

    public override string Message =>
        (Where.Line > 0 ? $"{Where}: " : "") + $"{Code} - {Problem.Said(What, Mend)}";

    public Problem ToProblem() => new(Code, What) { Where = Where, Mend = Mend };

    /// <summary>Everything that is wrong: one, unless the exception gathers several.</summary>
    public virtual IReadOnlyList<Problem> ToProblems() => [ToProblem()];
}

/// <summary>All the mistakes of one job file at once.</summary>
public sealed class ProblemsException : ChunnelException
{
    public ProblemsException(IReadOnlyList<Problem> problems)
        : base(problems[0].Code, problems[0].What)
    {
        Problems = problems;
        Where = problems[0].Where;
        Mend = problems[0].Mend;
    }

    public IReadOnlyList<Problem> Problems { get; }

    public override IReadOnlyList<Problem> ToProblems() => Problems;

    public override string Message => string.Join("\n", Problems);
}
