using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;

namespace Chunnel.Transforms.Tests.Tables;

/// <summary>
/// What a person reads who wrote a block wrong: each <c>golden/errors/Name.case.json</c> is a block of the transform Name over one table,
/// and the text beside it all that is said. CHUNNEL_WRITE_GOLDEN names a folder to write the texts to.
/// </summary>
public sealed class GoldenErrorTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "golden", "errors");

    private static readonly TableSchema People = new(TablePath.Parse("db.people"),
    [
        new ColumnDef("id", DataType.BigInt) { Nullable = false }, new ColumnDef("name", DataType.String), new ColumnDef("age", DataType.Int), new ColumnDef("doc", DataType.String),
    ])
    {
        PrimaryKey = new PrimaryKey("pk", ["id"]),
    };

    public static TheoryData<string> Blocks => [.. Directory.GetFiles(Folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Blocks))]
    public async Task What_is_said_of_a_wrong_block(string name)
    {
        var said = string.Concat((await ProblemsAsync(name)).Select(problem => $"{problem}\n"));
        var golden = Path.Combine(Folder, $"{name}.txt");
        if (Environment.GetEnvironmentVariable("CHUNNEL_WRITE_GOLDEN") is { } write) await File.WriteAllTextAsync(Path.Combine(write, $"{name}.txt"), said, TestContext.Current.CancellationToken);
        else said.ShouldBe(await File.ReadAllTextAsync(golden, TestContext.Current.CancellationToken));
    }

    private static async Task<IReadOnlyList<Problem>> ProblemsAsync(string name)
    {
        var plugin = (TransformPlugin)new PluginRegistry(TransformPlugins.Plugins).Find(PluginKind.Transform, name.Split('.')[0]).ShouldNotBeNull();
        var settings = TestSettings.Of(await File.ReadAllTextAsync(Path.Combine(Folder, $"{name}.json"), TestContext.Current.CancellationToken));
        var problems = plugin.Check(settings);
        if (problems.Any(problem => problem.Severity == Severity.Error)) return problems;
        try
        {
            await using var transform = await plugin.CreateAsync(new TransformContext { Settings = settings, Tables = [People] }, TestContext.Current.CancellationToken);
            return problems;
        }
        catch (ProblemsException wrong)
        {
            return [.. problems, .. wrong.Problems];
        }
    }
}
