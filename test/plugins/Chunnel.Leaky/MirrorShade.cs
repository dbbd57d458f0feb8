using Chunnel.Core;

namespace Chunnel.Leaky;

/// <summary>Writes a secret from its end to its beginning.</summary>
internal sealed class MirrorShade : IShade
{
    private const string Mark = "mirror:";

    public string Encrypt(string plain) => Mark + new string([.. plain.Reverse()]);

    public string Decrypt(string shaded) =>
        shaded.StartsWith(Mark, StringComparison.Ordinal) ? new string([.. shaded[Mark.Length..].Reverse()]) : throw new ShadeException("was not mirrored");
}
