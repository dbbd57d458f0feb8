using System.Collections.Frozen;
using System.Diagnostics;
using System.Globalization;

namespace Chunnel.Core;

/// <summary>
/// Named places on the way of a commit at which the process can be told to die or to fail: <c>CHUNNEL_FAILPOINTS=name=kill@2,other=fail@1</c>,
/// the second and the first time that the place is reached. Off, it costs a look at a field that never changes.
/// </summary>
public static class FailPoint
{
    private static readonly FrozenDictionary<string, Point>? _points = Parse(Environment.GetEnvironmentVariable("CHUNNEL_FAILPOINTS"));

    /// <summary>The place is reached.</summary>
    /// <exception cref="IOException">It was told to fail here.</exception>
    public static void Reach(string name)
    {
        if (_points is not null && _points.TryGetValue(name, out var point)) point.Reach(name);
    }

    private static FrozenDictionary<string, Point>? Parse(string? text) => string.IsNullOrEmpty(text)
        ? null
        : text.Split(',').Select(Point.Parse).ToFrozenDictionary(pair => pair.Name, pair => pair.Point, StringComparer.Ordinal);

    private sealed class Point(bool kills, int at)
    {
        private int _reached;

        public static (string Name, Point Point) Parse(string text)
        {
            if (text.Split('=') is [var name, var action] && action.Split('@') is [var what, var number]
                && what is "kill" or "fail" && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var at))
            {
                return (name, new Point(what == "kill", at));
            }
            throw new FormatException($"CHUNNEL_FAILPOINTS: '{text}' is not like commit.before=kill@1.");
        }

        public void Reach(string name)
        {
            if (Interlocked.Increment(ref _reached) != at) return;
            if (!kills) throw new IOException($"failpoint {name}");
            using var self = Process.GetCurrentProcess();
            self.Kill();
            self.WaitForExit();
        }
    }
}
