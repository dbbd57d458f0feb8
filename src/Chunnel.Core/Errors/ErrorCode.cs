namespace Chunnel.Core;

/// <summary>Who has to act when an error shows up.</summary>
public enum Blame
{
    /// <summary>The job file, its data or its rights are wrong: trying again changes nothing.</summary>
    User,

    /// <summary>A system outside: it may be better in a moment.</summary>
    World,

    /// <summary>A broken belief of ours.</summary>
    Chunnel,
}

/// <summary>Whether another try can help. A user's slip never burns restarts.</summary>
public enum Retry
{
    Never,
    Later,
}

/// <summary>An error that people search for: printed the way SeaTunnel prints it.</summary>
public sealed record ErrorCode(string Id, string Description, Blame Blame = Blame.User, Retry Retry = Retry.Never)
{
    public override string ToString() => $"ErrorCode:[{Id}], ErrorDescription:[{Description}]";
}
