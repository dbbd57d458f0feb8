namespace Chunnel.Engine;

/// <summary>How a control log behaves. The defaults suit a local disk; <c>bench/results/controllog.md</c> shows why.</summary>
public sealed record ControlLogSettings
{
    /// <summary>How long a commit waits for company after the one before it. The first append after a rest never waits.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.Zero;

    /// <summary>A commit takes no more records once it has this many bytes.</summary>
    public int CommitBytes { get; init; } = 1 << 20;

    /// <summary>The most that one append may hold.</summary>
    public int MostBytes { get; init; } = 256 << 20;

    /// <summary>How many appends may wait; the next one is held up.</summary>
    public int MostWaiting { get; init; } = 4_096;

    /// <summary>An epoch ends after so many bytes, commits or days, whichever comes first.</summary>
    public long RollBytes { get; init; } = 64L << 20;

    /// <inheritdoc cref="RollBytes"/>
    public long RollCommits { get; init; } = 10_000;

    /// <inheritdoc cref="RollBytes"/>
    public TimeSpan RollAge { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How many segments a replay reads at the same time.</summary>
    public int ReadAhead { get; init; } = 16;

    /// <summary>How often an opening that lost to another one, or to an old listing, tries again.</summary>
    public int ClaimTries { get; init; } = 3;

    /// <summary>How long an opening waits for storage that is out of reach.</summary>
    public TimeSpan OpenPatience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a closing waits for what is under way.</summary>
    public TimeSpan ClosePatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The pause after the first failure of storage; it doubles up to <see cref="LongestPause"/>.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <inheritdoc cref="FirstPause"/>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(2);
}
