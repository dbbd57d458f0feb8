using Chunnel.Core;

namespace Chunnel.Config;

/// <summary>The shades that a process knows (spec config.md 10). What is built in wins over what is added.</summary>
public sealed class ShadeSet
{
    /// <summary>The shade that changes nothing; jobs that name none have it.</summary>
    public const string None = "default";

    /// <summary>base64 and aes-256-gcm.</summary>
    public static readonly ShadeSet BuiltIn = new([]);

    private readonly Dictionary<string, ShadeEntry> _entries = new(StringComparer.Ordinal);

    /// <param name="more">Shades of plug-ins.</param>
    public ShadeSet(IEnumerable<ShadeEntry> more)
    {
        ShadeEntry[] builtIn = [new(Base64Shade.Identifier, _ => new Base64Shade()), new(AesShade.Identifier, properties => new AesShade(ShadeKey.Read(properties)))];
        foreach (var entry in builtIn.Concat(more)) _entries.TryAdd(entry.Identifier, entry);
    }

    public IReadOnlyCollection<string> Identifiers => _entries.Keys;

    public ShadeEntry? Find(string identifier) => _entries.GetValueOrDefault(identifier);
}
