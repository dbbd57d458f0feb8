namespace Chunnel.Rest;

/// <summary>Who may speak to v2 (spec rest-api.md 1.6).</summary>
/// <param name="User">Without a colon.</param>
/// <param name="Password">May hold colons.</param>
public sealed record BasicAuthSettings(string User = BasicAuthSettings.Known, string Password = BasicAuthSettings.Known)
{
    /// <summary>What holds when nothing is said, for both: everybody knows it.</summary>
    public const string Known = "admin";

    /// <summary>Settings are shown in errors and tests: not these.</summary>
    public override string ToString() => $"{nameof(BasicAuthSettings)} of {User}";
}
