using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Files;

/// <summary>A source of files in some store. A store of its own adds the options that reach it.</summary>
public abstract class FileSourcePlugin : SourcePlugin
{
    /// <summary>The options that say where the store is.</summary>
    protected virtual IReadOnlyList<OptionDescription> StoreOptions => [];

    public sealed override OptionSet Options => new([.. StoreOptions, .. FileSourceOptions.OfTable, FileSourceOptions.Tables]);

    /// <summary>Reaches the store that the settings describe.</summary>
    protected abstract IFileStore OpenStore(SettingsObject settings);

    public sealed override IReadOnlyList<Problem> Check(SettingsObject settings)
    {
        List<Problem> problems = [.. base.Check(settings)];
        if (FileSourceOptions.Tables.CheckValue(settings) is not null) return problems;
        var ofTable = new OptionSet([.. StoreOptions, .. FileSourceOptions.OfTable]);
        foreach (var block in Blocks(settings))
        {
            if (block != settings) problems.AddRange(ofTable.Check(block, Name, []));
            problems.AddRange(CheckTable(block));
        }
        return problems;
    }

    public sealed override async ValueTask<ISource> CreateAsync(SourceContext context, CancellationToken stop)
    {
        var store = OpenStore(context.Settings);
        try
        {
            var tables = new List<FileTable>();
            foreach (var block in Blocks(context.Settings))
            {
                var settings = FileTableSettings.Read(block, context.Clock.LocalTimeZone, context.MayRefuseRows);
                tables.Add(await FileTables.MakeAsync(settings, context.OutputName, store, stop));
            }
            RefuseSameName(tables, context.Settings);
            return new FileSource(tables, store);
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    private static IReadOnlyList<SettingsObject> Blocks(SettingsObject settings) =>
        FileSourceOptions.Tables.TryRead(settings, out var tables) ? tables : [settings];

    private IEnumerable<Problem> CheckTable(SettingsObject block)
    {
        OptionDescription[] needed = [FileSourceOptions.Path, FileSourceOptions.Format];
        var missing = needed.Where(option => option.Find(block) is null).Select(option => $"'{option.Key}'").ToList();
        if (missing.Count > 0)
        {
            yield return new Problem(CommonErrors.OptionValidateFailed, $"There are unconfigured options, the options({string.Join(", ", missing)}) are required.") { Where = block.Where };
        }
        if (FileSourceOptions.Format.Find(block) is { } entry && FileSourceOptions.Format.CheckValue(block) is null)
        {
            var format = FileFormat.Of(FileSourceOptions.Format.Read(block));
            if (!format.CanRead) yield return format.NotSupported(Name, "read", entry.Value.Where);
            foreach (var problem in CheckFormat(block, format)) yield return problem;
        }
        foreach (var warning in SchemaReader.CheckKeys(block)) yield return warning;
        if (CheckDelimiters(block) is { } delimiter) yield return delimiter;
        if (FileEncodings.Check(FileSourceOptions.Encoding, block) is { } encoding) yield return encoding;
    }

    private static IEnumerable<Problem> CheckFormat(SettingsObject block, FileFormat format)
    {
        if ((format == FileFormat.Xml || format == FileFormat.Excel) && FileSourceOptions.Schema.Find(block) is null)
        {
            yield return new Problem(CommonErrors.OptionValidateFailed, $"There are unconfigured options, the options('schema') are required because ['file_format_type' == {format}] is true.") { Where = block.Where };
        }
        OptionDescription[] ofXml = [FileSourceOptions.XmlRowTag, FileSourceOptions.XmlUseAttributes];
        var missing = ofXml.Where(option => format == FileFormat.Xml && option.Find(block) is null).Select(option => $"'{option.Key}'").ToList();
        if (missing.Count > 0)
        {
            yield return new Problem(CommonErrors.OptionValidateFailed, $"There are unconfigured options, the options({string.Join(", ", missing)}) are required because ['file_format_type' == xml] is true.") { Where = block.Where };
        }
    }

    private static Problem? CheckDelimiters(SettingsObject block)
    {
        if (FileSourceOptions.FieldDelimiter.Find(block) is not { } field || FileSourceOptions.FieldDelimiterRegex.Find(block) is null) return null;
        return new Problem(CommonErrors.OptionValidateFailed, "'field_delimiter' does not count beside 'field_delimiter_regex'.") { Where = field.KeyWhere, Severity = Severity.Warning, Mend = "Keep one of them." };
    }

    private static void RefuseSameName(List<FileTable> tables, SettingsObject settings)
    {
        if (tables.GroupBy(table => table.Schema.TableId).FirstOrDefault(group => group.Count() > 1) is not { } twice) return;
        throw new ChunnelException(CommonErrors.OptionValidateFailed, $"The table '{twice.Key}' stands {twice.Count()} times in 'tables_configs'.")
        {
            Where = FileSourceOptions.Tables.Find(settings)?.Value.Where ?? settings.Where,
            Mend = "Give each entry its own schema.table.",
        };
    }
}
