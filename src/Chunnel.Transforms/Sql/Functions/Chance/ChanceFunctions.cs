using Chunnel.Core;

namespace Chunnel.Transforms.Sql.Functions.Chance;

/// <summary>Functions that give something else for each row (spec transforms.md 6.2 and 6.4). Two calls in a query are two values.</summary>
internal static class ChanceFunctions
{
    public static IReadOnlyList<SqlFunction> All { get; } =
    [
        new()
        {
            Names = ["UUID"], Gives = "STRING", Parameters = [], Says = "A random UUID, another one for each row.", Example = ("LENGTH(UUID())", "36"),
            Make = call => call.Nodes.Fresh("uuid", DataType.String, call.Syntax, [], made => new RandomUuid(made) { Target = made.Target }),
        },
        new()
        {
            Names = ["RAND", "RANDOM"], Gives = "DOUBLE", Parameters = [Parameter.Integer], Optional = 1,
            Says = "A random number from 0 to below 1, another one for each row; with a seed the first number that Java's generator gives for it, so equal seeds give equal numbers.",
            Example = ("RAND(1)", "0.7308781907032909"),
            Make = call => call.Count == 0
                ? call.Nodes.Fresh("rand", DataType.Double, call.Syntax, [], made => new RandomDouble(made) { Target = made.Target })
                : call.Operation("rand", DataType.Double, made => new SeededDouble(made) { Target = made.Target }),
        },
    ];
}
