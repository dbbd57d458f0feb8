using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Transforms.Embedding;

/// <summary>A column that is made, and what it is made of.</summary>
/// <param name="Target">The column of vectors.</param>
/// <param name="Source">The column of texts, addresses or bytes.</param>
/// <param name="Format">What its values are.</param>
/// <param name="Modality">What kind of thing they show; null where each address tells.</param>
/// <param name="Where">The place in the job file.</param>
internal sealed record EmbeddingField(string Target, string Source, PayloadFormat Format, Modality? Modality, TextPosition Where)
{
    private static readonly Option<string> SourceOption = Option.Text("field").IsRequired();
    private static readonly Option<string> ModalityOption = Option.Choice("modality", [.. Embedding.Modality.All.Select(modality => modality.Name)]);
    private static readonly Option<PayloadFormat> FormatOption = Option.Enum<PayloadFormat>("format").Default(PayloadFormat.Text);

    public bool IsText => Modality is { Kind: ModalityKind.Text } || (Format == PayloadFormat.Text && Modality is null);

    public static IReadOnlyList<EmbeddingField> ReadAll(SettingsObject fields, List<Problem> problems) =>
        [.. fields.Entries.Select(entry => Read(entry.Key, entry.Value, problems)).OfType<EmbeddingField>()];

    private static EmbeddingField? Read(string target, SettingsNode value, List<Problem> problems)
    {
        if (value is not SettingsObject source) return new EmbeddingField(target, SettingsConvert.ToText(value), PayloadFormat.Text, null, value.Where);
        var wrong = new OptionSet([SourceOption, ModalityOption, FormatOption]).Check(source, $"vectorization_fields.{target}", []);
        problems.AddRange(wrong);
        if (wrong.Any(problem => problem.Severity == Severity.Error)) return null;
        var modality = ModalityOption.TryRead(source, out var name) ? Embedding.Modality.Named(name) : null;
        var format = FormatOption.Read(source);
        if (format == PayloadFormat.Binary && modality is null)
        {
            problems.Add(new Problem(CommonErrors.OptionValidateFailed, $"'{target}' is made of binary data, whose modality nothing tells.") { Where = source.Where, Mend = "Add 'modality', for example jpeg." });
            return null;
        }
        return new EmbeddingField(target, SourceOption.Read(source), format, modality, value.Where);
    }
}
