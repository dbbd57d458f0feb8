using System.Collections.Frozen;
using System.Diagnostics;
using System.Globalization;

namespace Chunnel.Core;

/// <summary>
/// Named places on the way of a commit, and before and after each call to a disk or a database on that way, at which the process can be told to
/// die or to fail: <c>CHUNNEL_FAILPOINTS=name=kill@2,other=fail@1</c>, the second and the first time that the place is reached; <c>*=kill@9</c>
/// is the ninth place, whichever that is. Off, it costs a look at two fields that never change.
/// </summary>
public static class FailPoint
{
    private const string Any = "*";

    private static readonly FrozenDictionary<string, Point>? _points = Parse(Environment.GetEnvironmentVariable("CHUNNEL_FAILPOINTS"));

    /// <summary>Is told of each place that is reached in this process, and may throw what a failing call throws. Off where it is null; for tests that let each place in turn fail.</summary>
    public static Action<string>? Watcher { get; set; }

    /// <summary>The place is reached.</summary>
    /// <exception cref="IOException">It was told to fail here.</exception>
    public static void Reach(string name)
    {
        Watcher?.Invoke(name);
        if (_points is null) return;
        if (_points.TryGetValue(name, out var point)) point.Reach(name);
        if (_points.TryGetValue(Any, out var any)) any.Reach(name);
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
