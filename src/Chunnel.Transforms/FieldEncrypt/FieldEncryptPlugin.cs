using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.FieldEncrypt;

/// <summary>Which way.</summary>
public enum EncryptMode
{
    Encrypt,
    Decrypt,
}

/// <summary>Encrypts strings, or makes them readable again (spec transforms.md 3.19).</summary>
public sealed class FieldEncryptPlugin : TableTransformPlugin
{
    public static readonly Option<IReadOnlyList<string>> Fields = Option.TextList("fields").IsRequired()
        .Must(names => names.Count == 0 ? "'fields' names no column." : null).Says("The columns, which hold strings.");

    public static readonly Option<string> Key = Option.Text("key").IsRequired().IsSecret().Must(FieldCipher.WrongKey)
        .Says("The key in Base64, with or without base64: before it: 16, 24 or 32 bytes.");

    public static readonly Option<string> Algorithm = Option.Choice("algorithm", "AES_CBC").Default("AES_CBC").Says("AES in CBC mode; each value has an IV of its own, which stands before it.");

    public static readonly Option<EncryptMode> Mode = Option.Enum<EncryptMode>("mode").Default(EncryptMode.Encrypt).Says("ENCRYPT gives Base64 of the IV and the cipher, DECRYPT takes it.");

    public override string Name => "FieldEncrypt";

    public override string Summary => "Encrypts strings, or decrypts them.";

    protected override IReadOnlyList<OptionDescription> OwnOptions => [Fields, Key, Algorithm, Mode, RowErrors.Way];

    protected override ITableTransform Create(TableSchema table, SettingsObject settings, TransformContext context)
    {
        var names = Fields.Read(settings);
        var where = Fields.Find(settings)!.Value.Where;
        Projections.RequireAll(table, names, Name, where);
        Projections.RequireStrings(table, names, Name, where);
        // A length that the source declares is that of the readable text.
        var columns = names.Select(name => table.Columns[table.IndexOf(name)] with { Length = null, SourceType = null });
        var mode = Mode.Read(settings);
        var output = new OutputColumns(table, [.. columns], where) { Origins = [.. names.Select(name => OriginOf(name, mode))] };
        return new FieldEncryptTransform(output, [.. names.Select(table.IndexOf)], new FieldCipher(Key.Read(settings)), mode, RowErrors.Of(Name, settings));
    }

    private static ColumnOrigin OriginOf(string name, EncryptMode mode) => new()
    {
        Kind = OriginKind.Computed,
        Expression = $"{mode.ToString().ToUpperInvariant()}({name})",
        Uses = [new ColumnUse(name, Hidden: mode == EncryptMode.Encrypt)],
    };
}
