using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;

namespace Chunnel.Transforms.DynamicCompile.Tests;

/// <summary>A server that runs for months compiles many scripts: what nobody uses any more goes.</summary>
[Collection("scripts")]
public sealed class ManyScriptsTests
{
    private const int Jobs = 1000;
    private const int Kept = 16;

    private static readonly TableSchema Table = new(TablePath.Parse("db.t"), [new ColumnDef("n", DataType.Int)]);

    [Fact]
    public async Task A_thousand_jobs_with_scripts_of_their_own_leave_no_more_than_are_kept()
    {
        var contexts = new List<WeakReference>();
        for (var job = 0; job < Jobs; job++) contexts.Add(await RunAsync(job));
        for (var round = 0; round < 20 && contexts.Count(context => context.IsAlive) > Kept; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        contexts.Count(context => context.IsAlive).ShouldBeLessThanOrEqualTo(Kept);
        contexts.Distinct().Count().ShouldBe(Jobs);
    }

    /// <summary>A job from its plan to its end, with the context that its script was in.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> RunAsync(int job)
    {
        var stop = TestContext.Current.CancellationToken;
        var memory = new TestMemory();
        var settings = TestSettings.Of($$"""
            { "compile_language": "CSHARP", "source_code": "public class Job{{job}} { public ColumnDef[] GetInlineOutputColumns(TableSchema t) => new[] { new ColumnDef(\"m\", DataType.Int) }; public object[] GetInlineOutputFieldValues(RowAccessor row) => new object[] { {{job}} }; }" }
            """);
        await using var transform = await new DynamicCompilePlugin().CreateAsync(new TransformContext { Settings = settings, Tables = [Table] }, stop);
        await transform.OpenAsync(new TransformRuntime { Subtask = 0, Memory = memory.Memory }, stop);
        var output = new One();
        await transform.ApplyAsync(BoxedRows.ToBatch(Table, [new BoxedRow(1)], memory.Memory), output, stop);
        output.Rows.ShouldBe([new BoxedRow(1, job)]);
        return ContextOf($"Job{job}");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference ContextOf(string type) =>
        new(AssemblyLoadContext.All.Single(context => context.Name == "script" && context.Assemblies.Any(assembly => assembly.GetType(type) is not null)));

    private sealed class One : ITransformOutput
    {
        public IReadOnlyList<BoxedRow> Rows { get; private set; } = [];

        public ValueTask EmitAsync(ColumnBatch batch, CancellationToken stop)
        {
            using (batch) Rows = [.. BoxedRows.Of(batch)];
            return ValueTask.CompletedTask;
        }
    }
}
