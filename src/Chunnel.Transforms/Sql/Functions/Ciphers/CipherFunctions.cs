using Chunnel.Core;
using Chunnel.Transforms.Sql.Typing;

namespace Chunnel.Transforms.Sql.Functions.Ciphers;

/// <summary>Functions that hide texts (spec transforms.md 6.4).</summary>
internal static class CipherFunctions
{
    public static IReadOnlyList<SqlFunction> All { get; } =
    [
        new()
        {
            Names = ["DES_ENCRYPT"], Hides = true, KeyArgument = 0, Gives = "STRING", Parameters = [Parameter.Text, Parameter.Text],
            Says = "The second argument encrypted with DES (CBC, IV 12345678) under the password of the first, of which eight bytes count, in Base64. DES protects nothing today: it is there to read old data.",
            Example = ("DES_ENCRYPT('12345678', 'hello')", "sxqYZRqwq+Q="), Make = call => Des(call, encrypts: true),
        },
        new()
        {
            Names = ["DES_DECRYPT"], KeyArgument = 0, Gives = "STRING", Parameters = [Parameter.Text, Parameter.Text],
            Says = "What DES_ENCRYPT made of a text under the password of the first argument; what cannot be decrypted is given as it is.",
            Example = ("DES_DECRYPT('12345678', 'sxqYZRqwq+Q=')", "hello"), Make = call => Des(call, encrypts: false),
        },
        new()
        {
            Names = ["AES_ENCRYPT"], Hides = true, KeyArgument = 1, Gives = "STRING", Parameters = [Parameter.Text, Parameter.Text, Parameter.Text], Optional = 1,
            Says = "The text encrypted with AES (CBC) in Base64. A key that begins with base64: is the key itself (16, 24 or 32 bytes), any other a passphrase. Without an IV of 16 bytes a random one is drawn for each row and put before the result.",
            Example = ("AES_ENCRYPT('hello', 'secret', '1234567890123456')", "U186UnwKzPvdcatKH5fxaQ=="), Make = AesEncrypt,
        },
        new()
        {
            Names = ["AES_DECRYPT"], KeyArgument = 1, Gives = "STRING", Parameters = [Parameter.Text, Parameter.Text, Parameter.Text], Optional = 1,
            Says = "What AES_ENCRYPT made of a text with the same key and IV; what cannot be decrypted fails the row.",
            Example = ("AES_DECRYPT(AES_ENCRYPT('hello', 'secret'), 'secret')", "hello"), Make = AesDecrypt,
        },
    ];

    private static Node? Des(FunctionCall call, bool encrypts)
    {
        if (call.Word(0) is { } password && System.Text.Encoding.UTF8.GetByteCount(password) < DesOperation.KeyBytes)
            return call.Refuse(0, $"The password of function {call.Name} is shorter than {DesOperation.KeyBytes} characters", "Nothing would be encrypted under it.");
        return call.Operation(call.Name, DataType.String, made => new DesOperation(made, encrypts) { Target = made.Target }, canFail: true);
    }

    private static Node? AesEncrypt(FunctionCall call)
    {
        if (!HasKeys(call)) return null;
        return call.Count == 2
            ? call.Nodes.Fresh("aes-encrypt", DataType.String, call.Syntax, call.Arguments, made => new AesOperation(made, encrypts: true) { Target = made.Target }, canFail: true)
            : call.Operation("aes-encrypt", DataType.String, made => new AesOperation(made, encrypts: true) { Target = made.Target }, canFail: true);
    }

    private static Node? AesDecrypt(FunctionCall call) => HasKeys(call)
        ? call.Operation("aes-decrypt", DataType.String, made => new AesOperation(made, encrypts: false) { Target = made.Target }, canFail: true)
        : null;

    private static bool HasKeys(FunctionCall call)
    {
        if (call.Word(1) is { } key && AesKeys.TryRead(System.Text.Encoding.UTF8.GetBytes(key), out _) is { } problem)
        {
            call.Refuse(1, $"The key of function {call.Name} cannot be used: {problem}");
            return false;
        }
        if (call.Count < 3 || call.Word(2) is not { } iv || System.Text.Encoding.UTF8.GetByteCount(iv) == AesKeys.BlockBytes) return true;
        call.Refuse(2, $"The IV of function {call.Name} has not {AesKeys.BlockBytes} bytes", "Leave it off to draw a random one for each row.");
        return false;
    }
}
