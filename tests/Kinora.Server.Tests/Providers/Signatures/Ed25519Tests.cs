using System.Numerics;
using Kinora.Secrets;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.Signatures;

public sealed class Ed25519Tests
{
    /// <summary>RFC 8032, 7.1: tests 1, 2, 3 and SHA(abc). Key, message, signature.</summary>
    public static TheoryData<string, string, string> Vectors => new()
    {
        {
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        },
        {
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        },
        {
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        },
        {
            "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"
        },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Verify_RightSignature_IsTrueAndAnyChangedBitFalse(string key, string message, string signature)
    {
        var (owner, words, signed) = (Bytes(key), Bytes(message), Bytes(signature));

        Ed25519.Verify(owner, words, signed).ShouldBeTrue();
        Ed25519.Verify(owner, [.. words, 0], signed).ShouldBeFalse();
        foreach (var place in (int[])[0, 31, 32, 63])
        {
            var other = signed.ToArray();
            other[place] ^= 1;
            Ed25519.Verify(owner, words, other).ShouldBeFalse($"byte {place} of the signature");
        }

        owner[0] ^= 1;
        Ed25519.Verify(owner, words, signed).ShouldBeFalse();
    }

    /// <summary>Private keys of RFC 8032, 7.1, tests 1 and 3.</summary>
    [Theory]
    [InlineData("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", 0)]
    [InlineData("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", 2)]
    public void Sign_GivesTheSignatureOfTheStandard(string seed, int row) =>
        Convert.ToHexStringLower(Ed25519.SignWithTestKey(Bytes(seed), Bytes(Row(row).Message))).ShouldBe(Row(row).Signature);

    [Fact]
    public void Verify_KeyOfSomebodyElse_IsFalse() =>
        Ed25519.Verify(Bytes(Row(1).Key), Bytes(Row(2).Message), Bytes(Row(2).Signature)).ShouldBeFalse();

    /// <summary>S and S + L satisfy the same equation; RFC 8032, 5.1.7 takes the smaller one alone.</summary>
    [Fact]
    public void Verify_SignatureWithTheOrderAdded_IsFalse()
    {
        var order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);
        var signature = Bytes(Row(0).Signature);
        var larger = (new BigInteger(signature.AsSpan(32), isUnsigned: true) + order).ToByteArray(isUnsigned: true);
        byte[] other = [.. signature[..32], .. larger, .. new byte[32 - larger.Length]];

        Ed25519.Verify(Bytes(Row(0).Key), [], other).ShouldBeFalse();
    }

    [Theory]
    [InlineData(0, 64)]
    [InlineData(31, 64)]
    [InlineData(33, 64)]
    [InlineData(32, 0)]
    [InlineData(32, 63)]
    [InlineData(32, 65)]
    public void Verify_WrongLength_IsFalse(int key, int signature) => Ed25519.Verify(new byte[key], "x"u8, new byte[signature]).ShouldBeFalse();

    [Theory]
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "y is p, which is 0 written another way")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "y is over p")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "y is over p, with a sign")]
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000", "no point of the curve has that y")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080", "x is 0 and has a sign")]
    public void Verify_NoPointOfTheCurve_IsFalse(string point, string why)
    {
        Ed25519.Verify(Bytes(point), [], Bytes(Row(0).Signature)).ShouldBeFalse(why);
        Ed25519.Verify(Bytes(Row(0).Key), [], [.. Bytes(point), .. Bytes(Row(0).Signature)[32..]]).ShouldBeFalse(why);
    }

    private static (string Key, string Message, string Signature) Row(int index) => Vectors.ElementAt(index).Data;

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex);
}
