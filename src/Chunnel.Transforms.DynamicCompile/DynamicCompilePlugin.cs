using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.DynamicCompile;

/// <summary>Makes columns with C# that stands in the job file (spec transforms.md 3.9).</summary>
public sealed class DynamicCompilePlugin : TableTransformPlugin
{
    private const string CSharp = "CSHARP";
    private const string FromFile = "ABSOLUTE_PATH";

    public static readonly Option<string> Language = Option.Choice("compile_language", CSharp, "JAVA", "GROOVY", "SCALA").IsRequired()
        .Says("CSHARP. The others are SeaTunnel's and refused: the code has to be written in C#.");

    public static readonly Option<string> Pattern = Option.Choice("compile_pattern", "SOURCE_CODE", FromFile).Default("SOURCE_CODE").Says("Whether the code stands in source_code or in a file.");

    public static readonly Option<string> SourceCode = Option.Text("source_code")
        .Says("A class, or its methods alone. ColumnDef[] GetInlineOutputColumns(TableSchema table) says which columns are made: in place of those that have their names, else at the end. "
            + "object?[] GetInlineOutputFieldValues(RowAccessor row) gives their values for a row; faster is void FillOutputColumns(ColumnBatch batch, ColumnBuilder[] to), which fills them for all rows of a batch. "
            + "SeaTunnel's spellings getInlineOutputColumns and getInlineOutputFieldValues count too, Column[] and CatalogTable mean ColumnDef[] and TableSchema. "
            + "The code runs with all the rights of the process: it is not fenced in.");

    public static readonly Option<string> AbsolutePath = Option.Text("absolute_path").Says("The file with the code, on every node.");

    public override string Name => "DynamicCompile";

    public override string Summary => "Makes columns with C# code of the job's own. Who may submit such a job may run any code on the node.";

    protected override IReadOnlyList<OptionDescription> OwnOptions => [Language, Pattern, SourceCode, AbsolutePath, RowErrors.Way];

    protected override IReadOnlyList<OptionRule> OwnRules => [OptionRule.RequiredWhen(Pattern, "SOURCE_CODE", SourceCode), OptionRule.RequiredWhen(Pattern, FromFile, AbsolutePath)];

    protected override IEnumerable<Problem> CheckOwn(SettingsObject settings)
    {
        if (Language.CheckValue(settings) is not null || !Language.TryRead(settings, out var language) || Pattern.CheckValue(settings) is not null) return [];
        if (language != CSharp)
        {
            return
            [
                new Problem(CommonErrors.OptionValidateFailed, $"Code in {language} cannot be compiled here.")
                {
                    Where = Language.Find(settings)!.Value.Where, Mend = "Write it in C#, with the same two methods, and set compile_language = CSHARP: docs/connectors/DynamicCompile.md.",
                },
            ];
        }
        if ((Pattern.Read(settings) == FromFile ? AbsolutePath : SourceCode).Find(settings) is null) return [];
        try
        {
            CompiledScripts.Shared.Get(Read(settings));
            return [];
        }
        catch (ChunnelException wrong)
        {
            return wrong.ToProblems();
        }
    }

    protected override ITableTransform Create(TableSchema table, SettingsObject settings, TransformContext context)
    {
        try
        {
            var script = CompiledScripts.Shared.Get(Read(settings)).Make();
            return new ScriptTransform(new OutputColumns(table, script.ColumnsOf(table), settings.Where), RowErrors.Of(Name, settings), script);
        }
        catch (ChunnelException wrong) when (wrong is not ProblemsException)
        {
            throw new ProblemsException(wrong.ToProblems());
        }
    }

    private static ScriptText Read(SettingsObject settings)
    {
        if (Pattern.Read(settings) != FromFile) return ScriptText.Of(SourceCode.Read(settings), SourceCode.Find(settings)!.Value.Where);
        var path = AbsolutePath.Read(settings);
        var where = AbsolutePath.Find(settings)!.Value.Where;
        if (!Path.IsPathFullyQualified(path)) throw new ChunnelException(CommonErrors.OptionValidateFailed, $"The path '{path}' of 'absolute_path' is not absolute.") { Where = where, Mend = "Write it from the root on: the file is looked for on every node." };
        try
        {
            return ScriptText.OfFile(File.ReadAllText(path), path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new ChunnelException(DynamicCompileErrors.Failed, $"The file '{path}' cannot be read: {unreadable.Message}", unreadable) { Where = where, Mend = "It has to lie on every node, readable for Chunnel." };
        }
    }
}
