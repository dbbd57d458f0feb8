using System.Text;
using Chunnel.Config.Variables;
using Chunnel.Core;

namespace Chunnel.Config.Hocon;

/// <summary>
/// Turns the tree as written into settings: references become values (given variables first, then the keys of the file, then
/// the environment), quoted texts get their variables, later values lie over earlier ones. Work, size and nesting are bounded,
/// so a few lines that refer to each other cannot fill the memory.
/// </summary>
internal sealed partial class HoconResolver(HoconObject root, VariableScope scope, HoconReading reading)
{
    private const int MaxDepth = 400;
    private const int MaxSteps = 4_000_000;

    // What is being resolved right now; for a value that lies over another one, what it lies over.
    private readonly Dictionary<HoconNode, HoconNode?> _inProgress = new(ReferenceEqualityComparer.Instance);

    // For a value that lies under others: the topmost, which is what a reference finds.
    private readonly Dictionary<HoconNode, HoconNode> _owners = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<HoconNode, SettingsNode?> _known = new(ReferenceEqualityComparer.Instance);
    private readonly SettingsSizes _sizes = new();
    private int _depth;
    private int _steps;

    public SettingsObject Resolve() => (SettingsObject?)Resolve(root) ?? SettingsObject.Empty;

    /// <summary>A value of its own, as SQL options hold them.</summary>
    public SettingsNode? Resolve(HoconNode node)
    {
        if (reading.GaveUp) return null;
        if (++_steps > MaxSteps || _depth >= MaxDepth)
        {
            TooLarge(node.Where);
            return null;
        }
        _depth++;
        var value = node switch
        {
            HoconLiteral { Value: var literal } => Filled(literal),
            HoconObject entries => ResolveObject(entries),
            HoconList { Items: var items } list => new SettingsList([.. ResolveAll(items)]) { Where = list.Where },
            HoconBlocks blocks => ResolveBlocks(blocks),
            HoconReference reference => ResolveReference(reference),
            HoconConcat concat => ResolveConcat(concat),
            HoconOverlay overlay => ResolveOverlay(overlay),
            HoconAppend append => ResolveAppend(append),
            _ => null,
        };
        _depth--;
        if (value is null || _sizes.Fits(value)) return value;
        TooLarge(node.Where);
        return null;
    }

    private void TooLarge(TextPosition where)
    {
        reading.Wrong(where, "The substitutions of this job make it larger or deeper than a job can be.", "Do values refer to each other again and again?");
        reading.GiveUp();
    }

    private SettingsScalar Filled(SettingsScalar literal)
    {
        if (!literal.Quoted || literal.Kind != ScalarKind.Text) return literal;
        var filled = scope.Fill(literal.Text);
        return ReferenceEquals(filled, literal.Text) ? literal : literal with { Text = filled };
    }

    private IEnumerable<SettingsNode> ResolveAll(IReadOnlyList<HoconNode> items)
    {
        foreach (var item in items)
        {
            if (Resolve(item) is { } value) yield return value;
        }
    }

    private SettingsObject ResolveObject(HoconObject node)
    {
        var entries = new List<SettingsEntry>(node.Entries.Count);
        foreach (var entry in node.Entries)
        {
            if (ResolveEntry(entry.Value) is { } value) entries.Add(new SettingsEntry(entry.Key, value) { KeyWhere = entry.KeyWhere });
        }
        return new SettingsObject(entries) { Where = node.Where };
    }

    // Marks the value as being resolved, so that a reference back to it is seen to be a circle.
    private SettingsNode? ResolveEntry(HoconNode value)
    {
        if (value is HoconLiteral) return Resolve(value);
        if (_known.TryGetValue(value, out var known)) return known;
        if (!_inProgress.TryAdd(value, null)) return Resolve(value);
        var resolved = Resolve(value);
        _inProgress.Remove(value);
        return resolved;
    }

    private SettingsNode? ResolveOverlay(HoconOverlay overlay)
    {
        var over = ResolveOver(overlay, overlay.Under, overlay.Over);
        if (over is null) return Resolve(overlay.Under);
        if (over is SettingsObject top && Resolve(overlay.Under) is SettingsObject bottom) return Merged(bottom, top);
        return over;
    }

    // While the upper value is resolved, a reference to its key means what lies under it.
    private SettingsNode? ResolveOver(HoconNode node, HoconNode? under, HoconNode over)
    {
        var owner = _owners.GetValueOrDefault(node, node);
        if (under is not null) _owners[under] = owner;
        var before = _inProgress.GetValueOrDefault(owner);
        _inProgress[owner] = under;
        var value = Resolve(over);
        _inProgress[owner] = before;
        return value;
    }

    private SettingsList ResolveAppend(HoconAppend append)
    {
        var items = new List<SettingsNode>();
        if (append.Under is not null)
        {
            _owners[append.Under] = _owners.GetValueOrDefault(append, append);
            switch (Resolve(append.Under))
            {
                case SettingsList list:
                    items.AddRange(list.Items);
                    break;
                case null or SettingsScalar { Kind: ScalarKind.Null }:
                    break;
                default:
                    reading.Wrong(append.Where, "'+=' adds to a list, but what stands above is none.", "Write [ ] around the value above.");
                    break;
            }
        }
        if (ResolveOver(append, append.Under, append.Item) is { } item) items.Add(item);
        return new SettingsList(items) { Where = append.Where };
    }

    private SettingsNode? ResolveConcat(HoconConcat concat)
    {
        var parts = new List<(string Blanks, SettingsNode Value)>(concat.Parts.Count);
        foreach (var (blanks, node) in concat.Parts)
        {
            var value = Resolve(node);
            if (value is not null) parts.Add((blanks, value));
            else if (blanks.Length > 0) parts.Add((blanks, new SettingsScalar("", ScalarKind.Text)));
        }
        var many = parts.Where(part => part.Value is not SettingsScalar).Select(part => part.Value).ToList();
        if (many.Count == 0) return parts.Count == 0 ? null : JoinedText(concat, parts);
        if (many.Count == parts.Count(part => part.Value is not SettingsScalar { Text: "" }))
        {
            if (many.TrueForAll(value => value is SettingsObject)) return many.Cast<SettingsObject>().Aggregate(Merged);
            if (many.TrueForAll(value => value is SettingsList))
            {
                return new SettingsList([.. many.Cast<SettingsList>().SelectMany(list => list.Items)]) { Where = concat.Where };
            }
        }
        reading.Wrong(concat.Where, "Values of different kinds stand side by side here.", "Objects go with objects, lists with lists, text with text.");
        return null;
    }

    private SettingsScalar JoinedText(HoconConcat concat, List<(string Blanks, SettingsNode Value)> parts)
    {
        var text = new StringBuilder();
        foreach (var (blanks, value) in parts)
        {
            text.Append(blanks).Append(((SettingsScalar)value).Text);
            if (text.Length <= SettingsSizes.MaxTextLength) continue;
            TooLarge(concat.Where);
            break;
        }
        return new SettingsScalar(text.ToString(), ScalarKind.Text) { Quoted = true, Where = concat.Where };
    }

    private static SettingsObject Merged(SettingsObject bottom, SettingsObject top)
    {
        var entries = new List<SettingsEntry>(bottom.Entries);
        var places = new Dictionary<string, int>();
        for (var i = 0; i < entries.Count; i++) places[entries[i].Key] = i;
        foreach (var entry in top.Entries)
        {
            if (!places.TryGetValue(entry.Key, out var place))
            {
                places.Add(entry.Key, entries.Count);
                entries.Add(entry);
            }
            else if (entries[place].Value is SettingsObject under && entry.Value is SettingsObject over)
            {
                entries[place] = entry with { Value = Merged(under, over) };
            }
            else
            {
                entries[place] = entry;
            }
        }
        return top with { Entries = entries };
    }
}
