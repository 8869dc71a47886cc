using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kinora.Server.Tests.Commands;
using Shouldly;

namespace Kinora.Server.Tests.Api.Flows;

/// <summary>An answer, read to its end.</summary>
internal sealed record ApiReply(HttpStatusCode Status, HttpResponseMessage Message, byte[] Bytes)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public JsonElement Json => JsonDocument.Parse(Bytes).RootElement;

    public string Id => Json.GetProperty("id").GetString()!;

    public string Error => Json.GetProperty("error").GetString()!;

    public string Code => Json.GetProperty("code").GetString()!;

    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Bytes));

    /// <summary>Of the answer or of its content; null when there is none.</summary>
    public string? Header(string name) =>
        Message.Headers.TryGetValues(name, out var values) || Message.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    public void ShouldBe(HttpStatusCode status, string error)
    {
        Status.ShouldBe(status, Text);
        Error.ShouldBe(error);
        Json.GetProperty("request_id").GetString().ShouldNotBeNullOrEmpty();
    }
}

/// <summary>Somebody's program that speaks to the REST API.</summary>
internal sealed class ApiClient : IDisposable
{
    private readonly HttpClient _http;

    public ApiClient(string url, string? token)
    {
        Token = token;
        _http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(url), Timeout = KinoraProgram.Patience };
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public string? Token { get; }

    public string UserId { get; init; } = "";

    public string Name { get; init; } = "";

    public async Task<ApiReply> SendAsync(HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        }

        var response = await _http.SendAsync(request);
        return new ApiReply(response.StatusCode, response, method == HttpMethod.Head ? [] : await response.Content.ReadAsByteArrayAsync());
    }

    public Task<ApiReply> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<ApiReply> PostAsync(string path, object? body = null, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, body is null ? null : JsonContent.Create(body), headers);

    public Task<ApiReply> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    public Task<ApiReply> PostFormAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));

    /// <summary>Only the head of an answer; its body is left to whoever disposes it.</summary>
    public Task<HttpResponseMessage> OpenAsync(string path, CancellationToken cancel) => _http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, cancel);

    /// <summary>A small film at its end.</summary>
    public async Task<string> MadeAsync(object? create = null) => await DoneAsync(await StartAsync(create));

    /// <summary>A small film that has only been asked for.</summary>
    public async Task<string> StartAsync(object? create = null)
    {
        var reply = await PostAsync("/api/videos", create ?? new { prompt = "A fox in the snow", size = "320x180", seconds = "1" });
        reply.Status.ShouldBe(HttpStatusCode.OK, reply.Text);
        return reply.Id;
    }

    /// <summary>Waits for a job as the original's clients do: by looking.</summary>
    public async Task<string> DoneAsync(string id, string kind = "videos")
    {
        (await EndAsync(id, kind)).GetProperty("status").GetString().ShouldBe("completed");
        return id;
    }

    /// <summary>The row of a job at its end, whichever that is.</summary>
    public async Task<JsonElement> EndAsync(string id, string kind = "videos")
    {
        using var limit = new CancellationTokenSource(KinoraProgram.Patience);
        while (true)
        {
            var reply = await GetAsync($"/api/{kind}/{id}");
            reply.Status.ShouldBe(HttpStatusCode.OK, reply.Text);
            if (reply.Json.GetProperty("status").GetString() is "completed" or "failed")
            {
                return reply.Json;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
        }
    }

    public void Dispose() => _http.Dispose();
}
