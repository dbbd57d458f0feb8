namespace Chunnel.Core;

/// <summary>A value of a job file that remembers where it stands. Immutable.</summary>
public abstract record SettingsNode
{
    public TextPosition Where { get; init; } = TextPosition.Nowhere;
}

/// <summary>What kind of literal a scalar was written as.</summary>
public enum ScalarKind
{
    /// <summary>Text, quoted or not.</summary>
    Text,
    Number,
    Boolean,
    Null,
}

/// <summary>A text, number, boolean or null; <see cref="Text"/> is the value as written (<c>1.10</c> stays <c>1.10</c>).</summary>
public sealed record SettingsScalar(string Text, ScalarKind Kind) : SettingsNode
{
    /// <summary>True for quoted text: its <c>${...}</c> are placeholders of the second pass.</summary>
    public bool Quoted { get; init; }

    /// <summary>True for a value that no error and no screen may show, whatever its key is called.</summary>
    public bool IsSecret { get; init; }

    public override string ToString() => IsSecret ? Secrets.Mask : Text;
}

public sealed record SettingsList(IReadOnlyList<SettingsNode> Items) : SettingsNode;

/// <summary>One <c>key = value</c> of an object, with the place of the key.</summary>
public sealed record SettingsEntry(string Key, SettingsNode Value)
{
    public TextPosition KeyWhere { get; init; } = TextPosition.Nowhere;
}

/// <summary>An object whose entries keep their order. Keys are flat: <c>job.mode</c> is one key.</summary>
public sealed record SettingsObject(IReadOnlyList<SettingsEntry> Entries) : SettingsNode
{
    public static readonly SettingsObject Empty = new([]);

    public SettingsNode? this[string key] => Entry(key)?.Value;

    public SettingsEntry? Entry(string key)
    {
        for (var i = Entries.Count - 1; i >= 0; i--)
        {
            if (Entries[i].Key == key) return Entries[i];
        }
        return null;
    }

    /// <summary>Looks a key up as a plug-in does (spec config.md 2.1): the flat key, else walking nested objects. Null values count as absent.</summary>
    public SettingsEntry? Find(string key)
    {
        if (Entry(key) is { } flat) return flat.Value is SettingsScalar { Kind: ScalarKind.Null } ? null : flat;
        for (var dot = key.IndexOf('.', StringComparison.Ordinal); dot > 0; dot = key.IndexOf('.', dot + 1))
        {
            if (Entry(key[..dot])?.Value is SettingsObject inner && inner.Find(key[(dot + 1)..]) is { } found) return found;
        }
        return null;
    }

    /// <summary>A copy with the key set, in place where it stands already.</summary>
    public SettingsObject With(string key, SettingsNode value)
    {
        var entries = new List<SettingsEntry>(Entries);
        var at = entries.FindIndex(entry => entry.Key == key);
        if (at >= 0) entries[at] = entries[at] with { Value = value };
        else entries.Add(new SettingsEntry(key, value));
        return this with { Entries = entries };
    }
}
