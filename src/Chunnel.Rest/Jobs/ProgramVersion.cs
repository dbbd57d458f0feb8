using System.Reflection;

namespace Chunnel.Rest;

/// <summary>Which program this is, as its build stamped it.</summary>
internal static class ProgramVersion
{
    private const int ShortCommit = 7;

    static ProgramVersion()
    {
        var stamp = typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        var plus = stamp.IndexOf('+', StringComparison.Ordinal);
        var version = plus < 0 ? stamp : stamp[..plus];
        var commit = plus < 0 ? "" : stamp[(plus + 1)..];
        Version = version.Length == 0 ? "<unknown>" : version;
        Commit = commit.Length == 0 ? "DeadD0d0" : commit[..Math.Min(ShortCommit, commit.Length)];
    }

    public static string Version { get; }

    /// <summary>The first digits of the commit; SeaTunnel's word where the build had none.</summary>
    public static string Commit { get; }
}
