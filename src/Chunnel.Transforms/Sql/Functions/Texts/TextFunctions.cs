using Chunnel.Core;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Typing;

namespace Chunnel.Transforms.Sql.Functions.Texts;

/// <summary>Functions of texts (spec transforms.md 6.1). Positions and lengths count UTF-16 units.</summary>
internal static class TextFunctions
{
    public static IReadOnlyList<SqlFunction> All { get; } =
    [
        Mapping(["UPPER", "UCASE"], upper: true, "The text in upper case.", ("UPPER('Joy')", "JOY")),
        Mapping(["LOWER", "LCASE"], upper: false, "The text in lower case.", ("LOWER('Joy')", "joy")),
        Measure(["CHAR_LENGTH", "LENGTH"], TextUnit.Characters, "The number of characters.", ("LENGTH('abc')", "3")),
        Measure(["OCTET_LENGTH"], TextUnit.Bytes, "The number of bytes in UTF-8.", ("OCTET_LENGTH('é')", "2")),
        Measure(["BIT_LENGTH"], TextUnit.Bits, "The number of bits in UTF-8.", ("BIT_LENGTH('Joy Ding')", "64")),
        new()
        {
            Names = ["CONCAT"], Gives = "STRING", Parameters = [Parameter.Rest], Repeats = true, Nulls = NullRule.Own,
            Says = "All arguments as one text; nulls are left out.",
            Example = ("CONCAT('A', 1, '!')", "A1!"), Make = call => call.Calls.Concat(call.Arguments, null, call.Syntax),
        },
        new()
        {
            Names = ["CONCAT_WS"], Gives = "STRING", Parameters = [Parameter.Text, Parameter.Rest], Repeats = true, Nulls = NullRule.Own,
            Says = "All arguments behind the first as one text with the first between them; nulls are left out.",
            Example = ("CONCAT_WS('-', 'a', NULL, 'b')", "a-b"), Make = call => call.Calls.Concat([.. call.Arguments.Skip(1)], call[0], call.Syntax),
        },
        new()
        {
            Names = ["SUBSTRING", "SUBSTR"], Gives = "STRING", Parameters = [Parameter.Text, Parameter.Integer, Parameter.Integer], Optional = 1,
            Says = "The text from a position (1 first, negative from the end), at most so many characters; null when nothing is there.",
            Example = ("SUBSTR('abc', -2)", "bc"), Make = call => Part<Substring>(call, [call.IntegerOr(1, 1), call.IntegerOr(2, int.MaxValue)], []),
        },
        new()
        {
            Names = ["LEFT"], Gives = "STRING", Parameters = [Parameter.Text, Parameter.Integer], Says = "The first so many characters.",
            Example = ("LEFT('abc', 2)", "ab"), Make = call => Part<Left>(call, [call.IntegerOr(1, 0)], []),
        },
        new()
        {
            Names = ["RIGHT"], Gives = "STRING", Parameters = [Parameter.Text, Parameter.Integer], Says = "The last so many characters.",
            Example = ("RIGHT('abc', 2)", "bc"), Make = call => Part<Right>(call, [call.IntegerOr(1, 0)], []),
        },
        Trim<TrimBoth>("TRIM", "at both ends", ("TRIM('*a*', '*')", "a")),
        Trim<TrimLeft>("LTRIM", "at the start", ("LTRIM('xxab', 'x')", "ab")),
        Trim<TrimRight>("RTRIM", "at the end", ("RTRIM('abxx', 'x')", "ab")),
        Pad<PadLeft>("LPAD", "left", ("LPAD('Joy Ding', 10, '*')", "**Joy Ding")),
        Pad<PadRight>("RPAD", "right", ("RPAD('Joy Ding', 10, '*')", "Joy Ding**")),
        new()
        {
            Names = ["REPLACE"], Gives = "STRING", Parameters = [Parameter.Text, Parameter.Text, Parameter.Text], Optional = 1,
            Says = "The text with every occurrence of the second argument replaced by the third, or dropped.",
            Example = ("REPLACE('Joy Ding', 'o', '00')", "J00y Ding"), Nulls = NullRule.Own, Make = Replace,
        },
        new()
        {
            Names = ["REPEAT"], Gives = "STRING", Parameters = [Parameter.Text, Parameter.Integer], Says = "The text so many times.",
            Example = ("REPEAT('ab', 3)", "ababab"), Make = call => Map<Repeat>(call, [call.IntegerOr(1, 0)], []),
        },
        new()
        {
            Names = ["SPACE"], Gives = "STRING", Parameters = [Parameter.Integer], Says = "So many blanks.",
            Example = ("CONCAT('a', SPACE(2), 'b')", "a  b"), Make = call => Map<Repeat>(call, call.TextOr(call.Count, " "), [call.IntegerOr(0, 0)], []),
        },
        new()
        {
            Names = ["ASCII"], Gives = "INT", Parameters = [Parameter.Text], Says = "The code of the first character; 0 for an empty text.",
            Example = ("ASCII('A')", "65"), Make = call => call.Operation("ascii", DataType.Int, made => new FirstCode(made) { Target = made.Target }),
        },
        new()
        {
            Names = ["CHAR", "CHR"], Gives = "STRING", Parameters = [Parameter.Integer], Says = "The character of a code; the row fails for a number that is none's.",
            Example = ("CHR(65)", "A"), Make = call => call.Operation("chr", DataType.String, made => new CharacterOf(made) { Target = made.Target }, canFail: true),
        },
        new()
        {
            Names = ["RAWTOHEX"], Gives = "STRING", Parameters = [Parameter.TextOrBytes], Says = "Four hexadecimal digits for each UTF-16 unit of a text, two for each byte of bytes.",
            Example = ("RAWTOHEX('7')", "0037"), Make = call => call.Operation("to-hex", DataType.String, made => new ToHex(made) { Target = made.Target }),
        },
        new()
        {
            Names = ["HEXTORAW"], Gives = "STRING", Parameters = [Parameter.Text], Says = "The text of hexadecimal digits, four for each UTF-16 unit; the row fails for what is none.",
            Example = ("HEXTORAW('0037')", "7"), Make = call => call.Operation("from-hex", DataType.String, made => new FromHex(made) { Target = made.Target }, canFail: true),
        },
        new()
        {
            Names = ["INSERT"], Gives = "STRING", Parameters = [Parameter.Text, Parameter.Integer, Parameter.Integer, Parameter.Text], Nulls = NullRule.Own,
            Says = "The text with so many characters from a position replaced by the last argument. A null text gives the last argument; a null or empty last argument, a position outside the text and a length below 1 leave the text as it is.",
            Example = ("INSERT('Joy Ding', 2, 2, '**')", "J** Ding"),
            Make = call => call.Operation("insert", DataType.String, made => new InsertText(made.Operands[0], made.Operands[1], made.Operands[2], made.Operands[3]) { Target = made.Target }),
        },
        new()
        {
            Names = ["SOUNDEX"], Gives = "STRING", Parameters = [Parameter.Text], Says = "How an English word sounds: a letter and three digits.",
            Example = ("SOUNDEX('Joy Ding')", "J352"), Make = call => Map<Soundex>(call, [], []),
        },
        new()
        {
            Names = ["TRANSLATE"], Gives = "STRING", Parameters = [Parameter.Text, Parameter.Text, Parameter.Text],
            Says = "The text with each character that stands in the second argument replaced by the one at the same place of the third; where the third is shorter the character stays.",
            Example = ("TRANSLATE('Joy Ding', 'ing', 'ING')", "Joy DING"), Make = call => Map<Translate>(call, [], [call[1], call[2]]),
        },
        new()
        {
            Names = ["MURMUR64"], Hides = true, Gives = "BIGINT", Parameters = [Parameter.Text], Says = "The first 64 bits of MurmurHash3 (128 bits, seed 0) of the UTF-8 bytes.",
            Example = ("MURMUR64('')", "0"), Make = call => call.Operation("murmur64", DataType.BigInt, made => new Murmur(made) { Target = made.Target }),
        },
        Locate(["LOCATE", "POSITION"], search: 0, ("LOCATE('b', 'abc')", "2")),
        Locate(["INSTR"], search: 1, ("INSTR('abc', 'c')", "3")),
    ];

    private static SqlFunction Mapping(string[] names, bool upper, string says, (string, string) example) => new()
    {
        Names = names, Parameters = [Parameter.Text], Gives = "STRING", Says = says, Example = example,
        Make = call => call.Operation(names[0], DataType.String, made => new CaseMapping(made.Operands[0], upper) { Target = made.Target }),
    };

    private static SqlFunction Measure(string[] names, TextUnit unit, string says, (string, string) example) => new()
    {
        Names = names, Parameters = [Parameter.Text], Gives = "BIGINT", Says = says, Example = example,
        Make = call => call.Operation(names[0], DataType.BigInt, made => new TextMeasure(made.Operands[0], unit) { Target = made.Target }),
    };

    private static SqlFunction Trim<TPart>(string name, string where, (string, string) example) where TPart : struct, ITextPart => new()
    {
        Names = [name], Gives = "STRING", Parameters = [Parameter.Text, Parameter.Text], Optional = 1, Example = example,
        Says = $"The text without the blanks {where}, or without the first character of the second argument.",
        Make = call => Part<TPart>(call, [], [call.TextOr(1, " ")]),
    };

    private static SqlFunction Pad<TFunction>(string name, string where, (string, string) example) where TFunction : struct, ITextFunction => new()
    {
        Names = [name], Gives = "STRING", Parameters = [Parameter.Text, Parameter.Integer, Parameter.Text], Optional = 1, Example = example,
        Says = $"The text filled at the {where} to so many characters with the first character of the third argument, or cut to them.",
        Make = call => Map<TFunction>(call, [call.IntegerOr(1, 0)], [call.TextOr(2, " ")]),
    };

    private static SqlFunction Locate(string[] names, int search, (string, string) example) => new()
    {
        Names = names, Parameters = [Parameter.Text, Parameter.Text, Parameter.Integer], Optional = 1, Example = example, Nulls = NullRule.Own, Gives = "INT",
        Says = $"Where the {(search == 0 ? "first argument stands in the second" : "second argument stands in the first")}, 1 first; 0 when nowhere. A start may be given; a negative one searches backwards.",
        Make = call => call.Operation("locate", DataType.Int, [call[search], call[1 - search], call.IntegerOr(2, 1)],
            made => new TextLocate(made.Operands[0], made.Operands[1], made.Operands[2]) { Target = made.Target }),
    };

    /// <summary>A null replacement drops what is found, as none does.</summary>
    private static Node? Replace(FunctionCall call)
    {
        var empty = call.TextOr(call.Count, "");
        var replacement = call.Count < 3 ? empty : call.Calls.Choose([(call.Nodes.IsNull(call[2], negated: true, call.Syntax), call[2])], empty, call.Syntax);
        return replacement is null ? null : Map<ReplaceText>(call, [], [call[1], replacement]);
    }

    private static Node Part<TPart>(FunctionCall call, Node[] numbers, Node[] texts) where TPart : struct, ITextPart =>
        call.Operation(typeof(TPart).Name, DataType.String, [call[0], .. numbers, .. texts], made => new TextParts<TPart>(made, numbers.Length, texts.Length) { Target = made.Target });

    private static Node Map<TFunction>(FunctionCall call, Node[] numbers, Node[] texts) where TFunction : struct, ITextFunction => Map<TFunction>(call, call[0], numbers, texts);

    private static Node Map<TFunction>(FunctionCall call, Node text, Node[] numbers, Node[] texts) where TFunction : struct, ITextFunction =>
        call.Operation(typeof(TFunction).Name, DataType.String, [text, .. numbers, .. texts], made => new TextMap<TFunction>(
            made.Operands[0],
            numbers.Length > 0 ? made.Operands[1] : null,
            numbers.Length > 1 ? made.Operands[2] : null,
            texts.Length > 0 ? made.Operands[1 + numbers.Length] : null,
            texts.Length > 1 ? made.Operands[2 + numbers.Length] : null) { Target = made.Target });
}
