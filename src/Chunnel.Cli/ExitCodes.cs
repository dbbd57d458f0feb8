namespace Chunnel.Cli;

/// <summary>What a process says when it ends (spec engine.md 14.1).</summary>
internal static class ExitCodes
{
    public const int Success = 0;
    public const int Failure = 1;

    /// <summary>Help was shown, or the arguments are wrong.</summary>
    public const int Usage = 234;
}
