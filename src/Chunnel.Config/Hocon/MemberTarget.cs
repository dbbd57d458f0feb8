using Chunnel.Core;

namespace Chunnel.Config.Hocon;

/// <summary>Where the members of a pair of braces go: merged into an object, or one after the other into a section of the job.</summary>
internal readonly record struct MemberTarget(HoconObject? Object, bool AtRoot = false, HoconBlocks? Blocks = null)
{
    public void Put(HoconKey key, HoconNode value, bool append, HoconReading reading)
    {
        if (Blocks is not null)
        {
            if (append) reading.Wrong(key.Where, $"'+=' cannot be used for the block '{key.Text}'.", "Write name { ... }.");
            Blocks.Blocks.Add(new HoconEntry(key.Text, key.Where, value));
            return;
        }
        var into = Object!;
        foreach (var segment in key.Segments.SkipLast(1)) into = into.Inner(segment, key.Where);
        var entry = new HoconEntry(key.Segments[^1], key.Where, value);
        if (append) into.Append(entry);
        else if (into.Put(entry) is { } replaced) WarnOfReplaced(replaced, entry, reading);
    }

    private void WarnOfReplaced(HoconEntry old, HoconEntry entry, HoconReading reading)
    {
        if (!AtRoot || !JobSections.IsSection(entry.Key)) return;
        reading.Warn(
            entry.KeyWhere,
            $"This '{entry.Key}' replaces the one of line {old.KeyWhere.Line}: sections do not merge.",
            $"Put all blocks into one {entry.Key} {{ ... }}.");
    }
}
