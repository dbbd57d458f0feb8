using Chunnel.Core;
using Chunnel.Transforms.Sql.Functions.Chance;
using Chunnel.Transforms.Sql.Functions.Choices;
using Chunnel.Transforms.Sql.Functions.Ciphers;
using Chunnel.Transforms.Sql.Functions.Json;
using Chunnel.Transforms.Sql.Functions.Lists;
using Chunnel.Transforms.Sql.Functions.Numbers;
using Chunnel.Transforms.Sql.Functions.Patterns;
using Chunnel.Transforms.Sql.Functions.Texts;
using Chunnel.Transforms.Sql.Functions.Times;
using Chunnel.Transforms.Sql.Functions.Vectors;

namespace Chunnel.Transforms.Sql.Functions;

/// <summary>All functions by name.</summary>
internal static class SqlFunctions
{
    /// <summary>The functions of each room, with what they are about.</summary>
    public static IReadOnlyList<(string Title, IReadOnlyList<SqlFunction> Functions)> Rooms { get; } =
    [
        ("Texts", TextFunctions.All),
        ("Regular expressions", PatternFunctions.All),
        ("Numbers", NumberFunctions.All),
        ("Dates and times", TimeFunctions.All),
        ("Choices", ChoiceFunctions.All),
        ("Arrays and maps", ListFunctions.All),
        ("JSON", JsonFunctions.All),
        ("Vectors", VectorFunctions.All),
        ("Chance", ChanceFunctions.All),
        ("Ciphers", CipherFunctions.All),
    ];

    /// <summary>Every function once.</summary>
    public static IReadOnlyList<SqlFunction> All { get; } = [.. Rooms.SelectMany(room => room.Functions)];

    private static readonly Dictionary<string, SqlFunction> ByName =
        All.SelectMany(function => function.Names, (function, name) => (name, function)).ToDictionary(pair => pair.name, pair => pair.function, StringComparer.OrdinalIgnoreCase);

    public static SqlFunction? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The function that a person probably meant, in a sentence; null when none is near.</summary>
    public static string? DidYouMean(string name) =>
        Nearest.To(name.ToUpperInvariant(), ByName.Keys) is { } near ? $"Did you mean '{near}'? {ByName[near].Signature}." : null;
}
