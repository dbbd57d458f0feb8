using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Copy;
using Chunnel.Transforms.DataValidator;
using Chunnel.Transforms.DefineSinkType;
using Chunnel.Transforms.Embedding;
using Chunnel.Transforms.FieldEncrypt;
using Chunnel.Transforms.FieldMapper;
using Chunnel.Transforms.FieldRename;
using Chunnel.Transforms.Filter;
using Chunnel.Transforms.FilterRowKind;
using Chunnel.Transforms.JsonPath;
using Chunnel.Transforms.Llm;
using Chunnel.Transforms.Metadata;
using Chunnel.Transforms.RegexExtract;
using Chunnel.Transforms.Replace;
using Chunnel.Transforms.RowKindExtractor;
using Chunnel.Transforms.Split;
using Chunnel.Transforms.Sql;
using Chunnel.Transforms.TableFilter;
using Chunnel.Transforms.TableMerge;
using Chunnel.Transforms.TableRename;
using Chunnel.Transforms.TextChunk;

namespace Chunnel.Transforms;

/// <summary>The transforms that come with Chunnel.</summary>
public static class TransformPlugins
{
    public static IReadOnlyList<PluginEntry> Plugins { get; } =
    [
        new(PluginKind.Transform, "Sql", () => new SqlPlugin()),
        new(PluginKind.Transform, "Copy", () => new CopyPlugin()),
        new(PluginKind.Transform, "FieldMapper", () => new FieldMapperPlugin()),
        new(PluginKind.Transform, "Filter", () => new FilterPlugin()),
        new(PluginKind.Transform, "FieldRename", () => new FieldRenamePlugin()),
        new(PluginKind.Transform, "FilterRowKind", () => new FilterRowKindPlugin()),
        new(PluginKind.Transform, "TableRename", () => new TableRenamePlugin()),
        new(PluginKind.Transform, "TableFilter", () => new TableFilterPlugin()),
        new(PluginKind.Transform, "TableMerge", () => new TableMergePlugin()),
        new(PluginKind.Transform, "Replace", () => new ReplacePlugin()),
        new(PluginKind.Transform, "Split", () => new SplitPlugin()),
        new(PluginKind.Transform, "RowKindExtractor", () => new RowKindExtractorPlugin()),
        new(PluginKind.Transform, "JsonPath", () => new JsonPathPlugin()),
        new(PluginKind.Transform, "RegexExtract", () => new RegexExtractPlugin()),
        new(PluginKind.Transform, "FieldEncrypt", () => new FieldEncryptPlugin()),
        new(PluginKind.Transform, "DataValidator", () => new DataValidatorPlugin()),
        new(PluginKind.Transform, "DefineSinkType", () => new DefineSinkTypePlugin()),
        new(PluginKind.Transform, "TextChunk", () => new TextChunkPlugin()),
        new(PluginKind.Transform, "Metadata", () => new MetadataPlugin()),
        new(PluginKind.Transform, "LLM", () => new LlmPlugin()),
        new(PluginKind.Transform, "Embedding", () => new EmbeddingPlugin()),
    ];
}
