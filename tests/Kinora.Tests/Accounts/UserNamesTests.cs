using Kinora.Accounts;
using Kinora.Errors;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Accounts;

public sealed class UserNamesTests
{
    [Theory]
    [InlineData("ann", "ann")]
    [InlineData("  Ann B. O'Neil-Śmith ", "Ann B. O'Neil-Śmith")]
    [InlineData("ann@example.org", "ann@example.org")]
    [InlineData("张伟", "张伟")]
    [InlineData("สมชาย น้ำ", "สมชาย น้ำ")]
    [InlineData("देवी", "देवी")]
    [InlineData("🐎", "🐎")]
    [InlineData("<script>alert(1)</script>", "<script>alert(1)</script>")]
    [InlineData("user_1", "user_1")]
    public void Parse_TakesPlainNames_WithoutBlanksAround(string text, string name) => UserNames.Parse(text).ShouldBe(name);

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Parse_CountsCharacters_NotHalves(int count, bool allowed)
    {
        var name = string.Concat(Enumerable.Repeat("🐎", count));

        if (allowed)
        {
            UserNames.Parse(name).ShouldBe(name);
        }
        else
        {
            Refusal(name).ShouldContain("1 to 64 characters");
        }
    }

    [Theory]
    [InlineData(null, "1 to 64")]
    [InlineData(" \t ", "1 to 64")]
    [InlineData("a\u0000b", "plain characters")]
    [InlineData("a\nb", "plain characters")]
    [InlineData("a\u001b[31m", "plain characters")]
    [InlineData("a\u202eb", "plain characters")]
    [InlineData("a\u200bb", "plain characters")]
    [InlineData("a\u2028b", "plain characters")]
    [InlineData("a\u00a0b", "plain characters")]
    [InlineData("a  b", "plain characters")]
    [InlineData("\uff21nn", "plain characters")]
    [InlineData("e\u0301va", "plain characters")]
    [InlineData("\ufb01n", "plain characters")]
    [InlineData("\u212aim", "plain characters")]
    [InlineData("\U0001d400nn", "plain characters")]
    [InlineData("\ue000", "plain characters")]
    [InlineData("\ufffd", "plain characters")]
    [InlineData("local", "kept")]
    [InlineData("LOCAL", "kept")]
    [InlineData("user_0123456789abcdef0123456789abcdef", "kept")]
    public void Parse_RefusesTheRest(string? text, string says) => Refusal(text).ShouldContain(says);

    [Fact]
    public void Parse_HalfACharacter_IsRefused() => Refusal("a\ud83d").ShouldContain("plain characters");

    [Theory]
    [InlineData("Ann", " aNN ")]
    [InlineData("ÄÖÜ", "äöü")]
    [InlineData("ΣΊΣΥΦΟΣ", "σίσυφος")]
    [InlineData("Дмитрий", "ДМИТРИЙ")]
    public void Key_IsTheSame_WithoutRegardToCase(string one, string other) => UserNames.Key(one).ShouldBe(UserNames.Key(other));

    [Fact]
    public void Key_OfWhatIsNoName_IsNull_AlsoWhenItIsHuge() => UserNames.Key(new string('x', 10_000_000)).ShouldBeNull();

    private static string Refusal(string? text)
    {
        var fault = Should.Throw<KinoraException>(() => UserNames.Parse(text));
        (fault.Code, fault.Faults[0].Field).ShouldBe((ErrorCodes.InvalidRequest, "username"));
        return fault.Message;
    }
}
