using System.Net.Http.Headers;
using Kinora.Server.Tests.Api.Flows;
using Kinora.Server.Tests.Commands;
using Kinora.Server.Tests.Mcp;
using Kinora.Tests.Storage.S3;
using Shouldly;
using Xunit;
using static System.Net.HttpStatusCode;

namespace Kinora.Server.Tests.Storage;

/// <summary>The served product with its files in a bucket.</summary>
public sealed class BucketTests : IAsyncLifetime
{
    private readonly S3Server _bucket = new();
    private readonly KinoraProgram _kinora = new();
    private readonly ServedProduct _served;

    public BucketTests() => _served = new ServedProduct(_kinora);

    private string Url => _served.Url[..^"/mcp".Length];

    public async ValueTask InitializeAsync()
    {
        await _bucket.InitializeAsync();
        _kinora.Environment["KINORA__Storage__S3__Endpoint"] = _bucket.Endpoint;
        _kinora.Environment["KINORA__Storage__S3__Bucket"] = S3Server.Bucket;
        _kinora.Environment["KINORA__Storage__S3__Prefix"] = "studio";
        _kinora.Environment["KINORA__Storage__S3__TimeoutSeconds"] = "20";
        _kinora.Environment["AWS_ACCESS_KEY_ID"] = S3Server.Key;
        _kinora.Environment["AWS_SECRET_ACCESS_KEY"] = S3Server.Key;
        _kinora.Environment["KINORA_ADMIN_PASSWORD"] = ServedApi.AdminPassword;
    }

    public async ValueTask DisposeAsync()
    {
        await _served.DisposeAsync();
        await _bucket.DisposeAsync();
        _kinora.Dispose();
    }

    [Fact]
    public async Task Film_MadeServedContinuedAndDeleted_LiesInTheBucketAloneAndIsGoneAfterwards()
    {
        await _served.StartAsync();
        using var user = await SignInAsync();
        (await user.GetAsync("/ready")).Status.ShouldBe(OK);

        var id = await user.MadeAsync();

        var whole = await user.GetAsync($"/api/videos/{id}/content");
        whole.Status.ShouldBe(OK, whole.Text);
        whole.Header("ETag").ShouldBe($"\"{whole.Sha256}\"");
        var part = await user.GetAsync($"/api/videos/{id}/content", ("Range", "bytes=1000-2999"));
        part.Status.ShouldBe(PartialContent);
        part.Bytes.ShouldBe(whole.Bytes[1000..3000]);
        (await user.GetAsync($"/api/videos/{id}/content?variant=thumbnail")).Header("Content-Type").ShouldBe("image/webp");
        (await user.GetAsync($"/api/videos/{id}/screenshots?count=2")).Json.GetProperty("frames").GetArrayLength().ShouldBe(2);
        await CheckGatewayAsync(user, id, whole.Bytes);

        // A tool reads the source, and the frame it leaves is an input of the next.
        var extended = await user.PostFormAsync($"/api/videos/{id}/extend", ("prompt", "It runs on"), ("seconds", "1"));
        extended.Status.ShouldBe(OK, extended.Text);
        var longer = await user.DoneAsync(extended.Id);

        Directory.Exists(Path.Combine(_kinora.Data, "assets")).ShouldBeFalse();
        Directory.Exists(Path.Combine(_kinora.Data, "inputs")).ShouldBeFalse();
        _bucket.Files().ShouldContain(f => f.Contains("/studio/assets/", StringComparison.Ordinal));
        foreach (var video in (string[])[longer, id])
        {
            (await user.DeleteAsync($"/api/videos/{video}")).Status.ShouldBe(OK);
        }

        _bucket.Files().ShouldNotContain(f => f.Contains("/assets/", StringComparison.Ordinal));
        (await user.GetAsync($"/api/videos/{id}/content")).Status.ShouldBe(NotFound);
        (await LogsAsync()).ShouldNotContain("Signature=");
    }

    [Fact]
    public async Task Doctor_WithABucketThatIsNotThere_SaysWhichSetting()
    {
        _kinora.Environment["KINORA__Storage__S3__Bucket"] = "nowhere";

        var run = await _kinora.RunAsync("doctor");

        run.ExitCode.ShouldBe(1, run.Out);
        run.Out.ShouldContain("Storage:S3:Bucket");
        run.Out.ShouldNotContain(S3Server.Key);
    }

    [Fact]
    public async Task Settings_WithFaults_AreAllToldAtOnce()
    {
        foreach (var (name, value) in new[] { ("Endpoint", "minio"), ("Prefix", "/x"), ("AccessKey", "only-half"), ("PathStile", "true") })
        {
            _kinora.Environment["KINORA__Storage__S3__" + name] = value;
        }

        _kinora.Environment["KINORA__Storage__Folder"] = "/films";

        var run = await _kinora.RunAsync("list");

        foreach (var setting in (string[])["Storage:S3:Endpoint", "Storage:S3:Prefix", "AccessKey and SecretKey", "Storage:S3:PathStile", "Storage:Folder"])
        {
            run.Error.ShouldContain(setting);
        }
    }

    private async Task CheckGatewayAsync(ApiClient user, string id, byte[] film)
    {
        using var http = new HttpClient { BaseAddress = new Uri(Url) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", user.Token);
        var path = $"/v1/videos/video_{id.Replace("-", "", StringComparison.Ordinal)}/content";
        (await http.GetByteArrayAsync(path)).ShouldBe(film);
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Range = new RangeHeaderValue(film.Length - 100, null) } };
        using var answer = await http.SendAsync(request);
        answer.StatusCode.ShouldBe(PartialContent);
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(film[^100..]);
    }

    private async Task<ApiClient> SignInAsync()
    {
        using var stranger = new ApiClient(Url, token: null);
        var reply = await stranger.PostAsync("/api/auth/login", new { username = "admin", password = ServedApi.AdminPassword });
        return new ApiClient(Url, reply.Json.GetProperty("token").GetString());
    }

    private async Task<string> LogsAsync() =>
        string.Join('\n', await Task.WhenAll(Directory.GetFiles(Path.Combine(_kinora.Data, "logs")).Select(async file =>
        {
            await using var log = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return await new StreamReader(log).ReadToEndAsync();
        })));
}
