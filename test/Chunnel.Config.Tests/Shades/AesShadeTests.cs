using System.Security.Cryptography;
using Chunnel.Core;
using CsCheck;

namespace Chunnel.Config.Tests;

[Trait("spec", "config.md 10")]
public sealed class AesShadeTests
{
    private static readonly byte[] _key = [.. Enumerable.Range(1, AesShade.KeyBytes).Select(number => (byte)number)];
    private readonly AesShade _shade = new(_key);

    [Fact]
    public void Every_text_comes_back() => Gen.String.Where(IsUtf16).Sample(text => _shade.Decrypt(_shade.Encrypt(text)) == text);

    /// <summary>Put together here from its parts: files that were encrypted once stay readable.</summary>
    [Fact]
    public void The_form_is_version_nonce_cipher_text_and_tag()
    {
        var whole = new byte[12 + 6 + 16];
        using (var aes = new AesGcm(_key, 16)) aes.Encrypt(whole.AsSpan(0, 12), "s3cret"u8, whole.AsSpan(12, 6), whole.AsSpan(18), "aes-256-gcm:v1:"u8);
        _shade.Decrypt("aes-256-gcm:v1:" + System.Buffers.Text.Base64Url.EncodeToString(whole)).ShouldBe("s3cret");
        _shade.Encrypt("s3cret").Length.ShouldBe("aes-256-gcm:v1:".Length + 46);
    }

    [Fact]
    public void The_same_text_looks_different_each_time() =>
        Enumerable.Range(0, 1000).Select(_ => _shade.Encrypt("same")).Distinct().Count().ShouldBe(1000);

    /// <summary>Whatever is changed, shortened or swapped is noticed, and the message shows nothing of it.</summary>
    [Fact]
    public void Tampering_is_noticed()
    {
        var shaded = _shade.Encrypt("a secret of some length");
        for (var at = 0; at < shaded.Length; at++)
        {
            var letters = shaded.ToCharArray();
            letters[at] = letters[at] == 'A' ? 'B' : 'A';
            Refused(new string(letters));
            Refused(shaded[..at]);
        }
        Refused(new AesShade(RandomNumberGenerator.GetBytes(AesShade.KeyBytes)).Encrypt("x")).ShouldContain("another key");
        Refused("plain text").ShouldContain("does not begin with aes-256-gcm:v1:");
        Refused(shaded.Replace(":v1:", ":v2:", StringComparison.Ordinal)).ShouldContain("does not know");
    }

    private string Refused(string shaded)
    {
        var wrong = Should.Throw<ShadeException>(() => _shade.Decrypt(shaded), shaded);
        wrong.Mend.ShouldNotBeNull();
        wrong.Message.ShouldNotContain("some length");
        if (shaded.Length > 20) (wrong.Message + wrong.Mend).ShouldNotContain(shaded);
        return wrong.Message;
    }

    // UTF-8 cannot carry half a surrogate pair; no file in UTF-8 holds one.
    private static bool IsUtf16(string text) => !text.Any(char.IsSurrogate);
}
