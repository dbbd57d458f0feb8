using Chunnel.Config.Variables;
using Chunnel.Core;

namespace Chunnel.Config.Hocon;

// ${name}: who answers, and what a circle is.
internal sealed partial class HoconResolver
{
    private SettingsNode? ResolveReference(HoconReference reference)
    {
        if (scope.Given(reference.Path) is { } given) return given.ToNode(reference.Where);
        if (Find(reference.Path) is { } found)
        {
            if (!_inProgress.TryGetValue(found, out var under)) return At(reference, ResolveOnce(found));
            if (under is not null) return At(reference, ResolveUnder(found, under));
            if (scope.FromEnvironment(reference.Path) is { } outside) return outside.ToNode(reference.Where);
            if (!reference.Optional) reading.Wrong(reference.Where, $"The value of '{reference.Path}' refers to itself.", "Break the circle.", skips: false);
            return null;
        }
        if (scope.FromEnvironment(reference.Path) is { } value) return value.ToNode(reference.Where);
        if (!reference.Optional) Missing(reference);
        return null;
    }

    private void Missing(HoconReference reference) => reading.Wrong(
        reference.Where,
        $"The variable '{reference.Path}' has no value.",
        ReservedNames.Contains(reference.Path)
            ? $"Write \"${{{reference.Path}}}\" in double quotes to have the name of each table put in."
            : $"Give it with -i {reference.Path}=..., set it at the root of the file or in the environment, or write \"${{{reference.Path}:default}}\" in double quotes.",
        skips: false);

    // A text shows in errors where it is used; an object or list keeps the places of its parts.
    private static SettingsNode? At(HoconReference reference, SettingsNode? value) =>
        value is SettingsScalar ? value with { Where = reference.Where } : value;

    private SettingsNode? ResolveOnce(HoconNode found)
    {
        if (_known.TryGetValue(found, out var known)) return known;
        // Inside a self-reference the answer depends on where we are, so it is not kept.
        var keep = _lookingBack == 0;
        _inProgress[found] = null;
        var value = Resolve(found);
        _inProgress.Remove(found);
        if (keep) _known[found] = value;
        return value;
    }

    // a = ${a} [x]: the reference means the value that stood there before.
    private SettingsNode? ResolveUnder(HoconNode found, HoconNode under)
    {
        _inProgress[found] = null;
        _lookingBack++;
        var value = Resolve(under);
        _lookingBack--;
        _inProgress[found] = under;
        return value;
    }

    private int _lookingBack;

    // The flat key; else the segments of a->b; else the dots as nested objects, as options are looked up.
    private HoconNode? Find(string path)
    {
        if (root.Get(path) is { } flat) return flat;
        if (path.Contains("->", StringComparison.Ordinal)) return Walk(root, [.. path.Split("->", StringSplitOptions.TrimEntries)]);
        return WalkDots(root, path);
    }

    private static HoconNode? Walk(HoconNode? from, string[] segments)
    {
        foreach (var segment in segments) from = (from as HoconObject)?.Get(segment);
        return from;
    }

    private static HoconNode? WalkDots(HoconObject from, string path)
    {
        for (var dot = path.IndexOf('.', StringComparison.Ordinal); dot > 0; dot = path.IndexOf('.', dot + 1))
        {
            if (from.Get(path[..dot]) is not HoconObject inner) continue;
            var rest = path[(dot + 1)..];
            if ((inner.Get(rest) ?? WalkDots(inner, rest)) is { } found) return found;
        }
        return null;
    }
}
