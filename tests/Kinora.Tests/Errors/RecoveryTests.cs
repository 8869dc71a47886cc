using System.Reflection;
using Kinora.Errors;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Errors;

/// <summary>Every error has a way out.</summary>
public sealed class RecoveryTests
{
    public static TheoryData<string> Codes => [.. typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!)];

    [Fact]
    public void All_HasEveryCode_AndNoOther() => Recovery.All.Keys.ShouldBe(Codes.Select(c => c.Data));

    [Theory]
    [MemberData(nameof(Codes))]
    public void Suggestion_IsOneSentence(string code)
    {
        var text = Recovery.Of(code).Suggestion;

        text.ShouldMatch(@"^[A-Z][^.]+\.$");
        text.Length.ShouldBeLessThanOrEqualTo(120);
        text.ShouldNotContain("`");
        text.ShouldNotContain("_");
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Retryable_IsNothingThatMayHaveBeenPaid(string code) =>
        (Recovery.Of(code) is { Retryable: true, Category: ErrorCategory.Unsettled or ErrorCategory.Provider or ErrorCategory.Money }).ShouldBeFalse();

    [Fact]
    public void Of_AnUnknownCode_IsAFaultOfOurs() => Recovery.Of("from_the_future").Category.ShouldBe(ErrorCategory.Internal);
}
