using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Chunnel.Engine;

/// <summary>From which level on each of a node's loggers speaks. It may be changed while they speak.</summary>
public sealed class LogLevels
{
    /// <summary>All of them: what holds for a logger that was told nothing of its own.</summary>
    public const string Root = "root";

    /// <summary>The node's own.</summary>
    public const string Node = "chunnel.Node";

    /// <summary>That of every job.</summary>
    public const string Job = "chunnel.Job";

    private static readonly string[] _names = [Root, Node, Job];

    private readonly ConcurrentDictionary<string, LogLevel> _told = new(StringComparer.Ordinal) { [Root] = LogLevel.Information };

    public static IReadOnlyList<string> Names => _names;

    /// <summary>Every logger and the level that holds for it.</summary>
    public IEnumerable<(string Name, LogLevel Level)> All => _names.Select(name => (name, Of(name)));

    public LogLevel Of(string name) => _told.TryGetValue(name, out var level) ? level : _told[Root];

    public void Set(string name, LogLevel level) => _told[name] = level;
}
