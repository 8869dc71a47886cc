using System.Buffers.Binary;
using Kinora.Accounts;
using Kinora.Server.Security;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Security;

public sealed class PasswordHashesTests
{
    private readonly PasswordHashes _hashes = new(new AccountOptions());

    [Fact]
    public void Hash_IsPbkdf2Sha512_With210000Rounds_AndASaltOfItsOwn()
    {
        var (one, two) = (Convert.FromBase64String(_hashes.Hash("a horse's song")), Convert.FromBase64String(_hashes.Hash("a horse's song")));

        // https://github.com/dotnet/aspnetcore, PasswordHasher: format, PRF, rounds, length of the salt, salt, subkey.
        one[0].ShouldBe((byte)1);
        BinaryPrimitives.ReadUInt32BigEndian(one.AsSpan(1)).ShouldBe(2u);
        BinaryPrimitives.ReadUInt32BigEndian(one.AsSpan(5)).ShouldBe(210_000u);
        BinaryPrimitives.ReadUInt32BigEndian(one.AsSpan(9)).ShouldBe(16u);
        one.AsSpan(13, 16).SequenceEqual(two.AsSpan(13, 16)).ShouldBeFalse();
    }

    [Fact]
    public void Verify_TellsRightFromWrong_AndOldFromNew()
    {
        var hash = _hashes.Hash("ein Päßwort 🐎");

        _hashes.Verify(hash, "ein Päßwort 🐎").ShouldBe(PasswordVerdict.Right);
        _hashes.Verify(hash, "ein Päßwort 🐏").ShouldBe(PasswordVerdict.Wrong);
        _hashes.Verify(hash, "ein Päßwort 🐎 ").ShouldBe(PasswordVerdict.Wrong);
        new PasswordHashes(new AccountOptions { PasswordRounds = 220_000 }).Verify(hash, "ein Päßwort 🐎").ShouldBe(PasswordVerdict.RightButOld);
    }

    [Fact]
    public void Verify_ALongPassword_LooksAtItsLastCharacter()
    {
        var password = new string('x', 127);
        var hash = _hashes.Hash(password + "y");

        _hashes.Verify(hash, password + "y").ShouldBe(PasswordVerdict.Right);
        _hashes.Verify(hash, password + "z").ShouldBe(PasswordVerdict.Wrong);
    }
}
