using Kinora.Adapters.Storage.S3;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Storage.S3;

/// <summary>Settings of the bucket: all faults at once, keys from two places only.</summary>
public sealed class S3PlaceTests
{
    private static readonly S3Options Whole = S3Stores.Options("https://minio.example:9000");

    [Theory]
    [InlineData("studio", "studio/")]
    [InlineData("studio/", "studio/")]
    [InlineData("a/b", "a/b/")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Prefix_EndsWithOneSlash_OrIsNone(string? given, string expected) => Read(Whole with { Prefix = given }).Place!.Prefix.ShouldBe(expected);

    [Theory]
    [InlineData("/studio")]
    [InlineData("a//b")]
    [InlineData("a/../b")]
    public void Prefix_ThatIsNoPlainBeginning_IsRefused(string given) =>
        Read(Whole with { Prefix = given }).Faults.ShouldHaveSingleItem().ShouldStartWith("Storage:S3:Prefix:");

    [Theory]
    [InlineData("minio:9000")]
    [InlineData("ftp://minio")]
    [InlineData("https://id:secret@minio.example")]
    public void Endpoint_ThatIsNoPlainAddress_IsRefusedWithoutBeingRepeated(string given)
    {
        var fault = Read(Whole with { Endpoint = given }).Faults.ShouldHaveSingleItem();

        fault.ShouldStartWith("Storage:S3:Endpoint:");
        fault.ShouldNotContain("secret@");
    }

    [Fact]
    public void EverythingMissing_IsToldAtOnce() => Read(new S3Options()).Faults.Select(f => f.Split(':')[2]).ShouldBe(["Bucket", "Region", " a key is needed. Set AccessKey and SecretKey, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."]);

    [Fact]
    public void HalfAKey_IsRefused_EvenIfTheEnvironmentHasOne() =>
        Read(Whole with { SecretKey = null }, ("AWS_ACCESS_KEY_ID", "a"), ("AWS_SECRET_ACCESS_KEY", "b")).Faults.ShouldHaveSingleItem().ShouldContain("together");

    [Fact]
    public void KeyOfTheEnvironment_IsTaken() =>
        Read(Whole with { AccessKey = null, SecretKey = null }, ("AWS_ACCESS_KEY_ID", "a"), ("AWS_SECRET_ACCESS_KEY", "b"), ("AWS_SESSION_TOKEN", "c")).Place.ShouldNotBeNull();

    [Fact]
    public void Region_OfTheEnvironment_IsEnoughWithoutAnEndpoint() =>
        Read(Whole with { Endpoint = null }, ("AWS_REGION", "eu-central-1")).Place.ShouldNotBeNull();

    [Fact]
    public void Options_InALog_TellNoKey() => Whole.ToString().ShouldNotContain(S3Server.Key);

    private static (S3Place? Place, List<string> Faults) Read(S3Options options, params (string Name, string Value)[] environment)
    {
        var faults = new List<string>();
        return (S3Place.Read(options, environment.ToDictionary(e => e.Name, e => e.Value), faults), faults);
    }
}
