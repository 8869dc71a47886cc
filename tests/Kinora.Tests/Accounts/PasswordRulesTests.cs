using Kinora.Accounts;
using Kinora.Errors;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Accounts;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("tr4velling-l1ght")]
    [InlineData("kX7#pQ2v")]
    [InlineData("  leading and trailing  ")]
    [InlineData("correct pony battery")]
    [InlineData("mein Fahrrad ist blau")]
    [InlineData("password is not what I chose")]
    [InlineData("🐎🍕🌍🎈🔑🌵🐙🚲")]
    [InlineData("пароль-у-моря")]
    [InlineData("我的密码是秘密的吗")]
    [InlineData("v\u0000k\tm d\u0007e~")]
    [InlineData("e\u0301a\u0308 \ufb01 \uff21 x")]
    public void AnythingUnusual_IsAPassword(string password) => PasswordRules.Fault(password, "ann").ShouldBeNull();

    [Theory]
    [InlineData(7, "at least 8")]
    [InlineData(8, null)]
    [InlineData(64, null)]
    [InlineData(128, null)]
    [InlineData(129, "at most 128")]
    public void Length_IsCountedInUnicodeCharacters(int count, string? says)
    {
        string[] horses = ["🐎", "🐏", "🐐", "🐑", "🐓"];
        var password = string.Concat(Enumerable.Range(0, count).Select(n => horses[(n * n * 7 + (n / 3)) % 5]));

        var fault = PasswordRules.Fault(password, "ann");

        if (says is null)
        {
            fault.ShouldBeNull();
        }
        else
        {
            fault!.ShouldContain(says);
        }

        PasswordRules.CanBe(password).ShouldBe(count <= 128);
    }

    [Theory]
    [InlineData("password")]
    [InlineData("Password1")]
    [InlineData("P@ssw0rd!")]
    [InlineData("passw0rd2024!")]
    [InlineData("p.a.s.s.w.o.r.d")]
    [InlineData("passwordpassword")]
    [InlineData("drowssap1")]
    [InlineData("123password")]
    [InlineData("Dr4g0n1987")]
    [InlineData("m0nk3y!!!!")]
    [InlineData("trustno1")]
    [InlineData("letmein123")]
    [InlineData("L3tm31n!!")]
    [InlineData("iloveyou2")]
    [InlineData("welcome1")]
    [InlineData("admin123")]
    [InlineData("Administrator")]
    [InlineData("changeme")]
    [InlineData("abc12345")]
    [InlineData("qwertyuiop")]
    [InlineData("qwerty123")]
    [InlineData("QWERTZ123")]
    [InlineData("azertyuiop")]
    [InlineData("asdfghjkl!")]
    [InlineData("1qaz2wsx")]
    [InlineData("1qaz@WSX")]
    [InlineData("zaq12wsx")]
    [InlineData("1q2w3e4r")]
    [InlineData("1q2w3e4r5t")]
    [InlineData("qazwsxedc")]
    [InlineData("12345678")]
    [InlineData("1234567890")]
    [InlineData("87654321")]
    [InlineData("abcdefgh")]
    [InlineData("11111111")]
    [InlineData("aaaaaaaaaaaaaaaaaaaa")]
    [InlineData("🐎🐎🐎🐎🐎🐎🐎🐎")]
    [InlineData("123123123")]
    [InlineData("abababab")]
    [InlineData("aaaabbbb")]
    [InlineData("kinora2026")]
    [InlineData("        ")]
    [InlineData("!!!!!!!!")]
    [InlineData("19841984")]
    [InlineData("Football2")]
    [InlineData("Michael1990")]
    public void WhatIsTriedFirst_IsRefused(string password) => PasswordRules.Fault(password, "someone else").ShouldNotBeNull().ShouldContain("tried first");

    [Theory]
    [InlineData("annabella", "annabella")]
    [InlineData("Annabella", "aNNabella2024!")]
    [InlineData("annabella", "4nn4bell4")]
    [InlineData("annabella", "allebanna")]
    [InlineData("annabella", "annabellaannabella")]
    [InlineData("ann@bell.org", "annbellorg")]
    [InlineData("ann@bell.org", "ANN@bell.org1")]
    [InlineData("20261109", "20261109")]
    public void TheUsersName_IsRefused(string username, string password) => PasswordRules.Fault(password, username).ShouldNotBeNull().ShouldContain("name of the user");

    [Fact]
    public void HalfACharacter_IsRefused()
    {
        PasswordRules.Fault("tr4velling\ud83d", "ann").ShouldNotBeNull().ShouldContain("half a character");
        PasswordRules.Fault("tr4ve\udc0elling", "ann").ShouldNotBeNull().ShouldContain("half a character");
        PasswordRules.CanBe("tr4velling\ud83d").ShouldBeFalse();
    }

    [Fact]
    public void Check_NamesTheField_AndNeverThePassword()
    {
        var fault = Should.Throw<KinoraException>(() => PasswordRules.Check("Football2", "ann", "newPassword"));

        (fault.Code, fault.Faults[0].Field).ShouldBe((ErrorCodes.InvalidRequest, "newPassword"));
        fault.Message.ShouldNotContain("ootball");
    }
}
