using Chunnel.Core;
using Chunnel.Plugins;
using Microsoft.Extensions.Logging;

namespace Chunnel.Engine;

/// <summary>Prepares the targets of all sinks before any writer starts: structure first, then data, table by table (spec config.md 8).</summary>
internal static class SaveModeRun
{
    public static async Task RunAsync(JobPlan plan, ILogger log, CancellationToken stop)
    {
        foreach (var sink in TargetsOf(plan).SelectMany(path => path.Sinks.Values))
        {
            if (sink.SaveMode is not { } mode) continue;
            await using (mode)
            {
                log.SaveMode(mode.Table.TableId, EnumNames.Of(mode.Schema), EnumNames.Of(mode.Data), mode.Catalog);
                try
                {
                    await RunAsync(mode, stop);
                }
                catch (Exception fault) when (fault is not OperationCanceledException && !IsFinalWord(fault))
                {
                    throw new ChunnelException(CommonErrors.SaveModeFailed, fault.Message, fault);
                }
            }
        }
    }

    /// <summary>All pipelines of a job have one target of dead letters.</summary>
    private static IEnumerable<SinkPath> TargetsOf(JobPlan plan) =>
        [.. plan.Pipelines.SelectMany(pipeline => pipeline.Sinks), .. plan.Pipelines.Select(pipeline => pipeline.DeadLetters).OfType<SinkPath>().Take(1)];

    /// <summary>API-10 and API-11 say what is wrong better than a wrapper would.</summary>
    private static bool IsFinalWord(Exception fault) =>
        fault is ChunnelException known && (known.Code == CommonErrors.TargetHasData || known.Code == CommonErrors.SinkTableMissing);

    private static async Task RunAsync(ISaveMode mode, CancellationToken stop)
    {
        if (mode.Schema != SchemaSaveMode.Ignore) await PrepareSchemaAsync(mode, stop);
        switch (mode.Data)
        {
            case DataSaveMode.DropData:
                if (await mode.TableExistsAsync(stop)) await mode.DropDataAsync(stop);
                break;
            case DataSaveMode.CustomProcessing:
                await mode.RunCustomAsync(stop);
                break;
            case DataSaveMode.ErrorWhenDataExists:
                if (await mode.TableExistsAsync(stop) && await mode.HasDataAsync(stop))
                {
                    throw new ChunnelException(CommonErrors.TargetHasData, $"The target of table {mode.Table.TableId} is not empty.")
                    {
                        Mend = "Empty it, or choose another data_save_mode.",
                    };
                }
                break;
        }
    }

    private static async Task PrepareSchemaAsync(ISaveMode mode, CancellationToken stop)
    {
        var exists = await mode.TableExistsAsync(stop);
        switch (mode.Schema)
        {
            case SchemaSaveMode.RecreateSchema:
                if (exists) await mode.DropTableAsync(stop);
                await mode.CreateTableAsync(stop);
                break;
            case SchemaSaveMode.CreateSchemaWhenNotExist when !exists:
                await mode.CreateTableAsync(stop);
                break;
            case SchemaSaveMode.ErrorWhenSchemaNotExist when !exists:
                throw new ChunnelException(CommonErrors.SinkTableMissing, $"The target of table {mode.Table.TableId} does not exist.")
                {
                    Mend = "Create it, or set schema_save_mode = \"CREATE_SCHEMA_WHEN_NOT_EXIST\".",
                };
        }
    }
}
