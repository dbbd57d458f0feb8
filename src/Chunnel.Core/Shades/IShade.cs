namespace Chunnel.Core;

/// <summary>
/// How the secrets of a job file are written so that whoever sees the file does not see them (spec config.md 10). One is made for each job that
/// names it, by <see cref="ShadeEntry.Open"/>; it has no other life.
/// </summary>
public interface IShade
{
    /// <summary>Options that are secret beside SeaTunnel's six and those of <c>shade.options</c>.</summary>
    IReadOnlyList<string> SensitiveOptions => [];

    /// <summary>What the author of a job should know when the shade does not keep a secret, as a sentence; null when it does.</summary>
    string? Weakness => null;

    /// <exception cref="ShadeException">It cannot be done; the text says why and never holds the value.</exception>
    string Encrypt(string plain);

    /// <exception cref="ShadeException">The text is not what <see cref="Encrypt"/> made; the message never holds it.</exception>
    string Decrypt(string shaded);
}
