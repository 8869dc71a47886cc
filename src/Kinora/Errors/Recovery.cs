using static Kinora.Errors.ErrorCategory;
using static Kinora.Errors.ErrorCodes;

namespace Kinora.Errors;

/// <summary>Where the way out of a fault lies.</summary>
public enum ErrorCategory
{
    /// <summary>In the request: the caller changes it.</summary>
    Input,

    /// <summary>In the choice of the model.</summary>
    Model,

    /// <summary>In the moment: the right call, but not now.</summary>
    State,

    /// <summary>In a key or its rights.</summary>
    Access,

    /// <summary>In a budget or an account.</summary>
    Money,

    /// <summary>At the provider, which answered.</summary>
    Provider,

    /// <summary>On the way: nobody answered, and nothing arrived.</summary>
    Network,

    /// <summary>It may have been paid, and what became of it is not certain: look before anything is made anew.</summary>
    Unsettled,

    /// <summary>On this machine's disk or database.</summary>
    Storage,

    /// <summary>In the settings or programs of this machine.</summary>
    Setup,

    /// <summary>In Kinora.</summary>
    Internal,
}

/// <summary>What to do about an error, in the words of no door. The sentence that came with the error is always the more exact one.</summary>
/// <param name="Retryable">The same call, unchanged, may succeed later, and nothing is paid twice by trying.</param>
/// <param name="Suggestion">One sentence.</param>
public sealed record Recovery(ErrorCategory Category, bool Retryable, string Suggestion)
{
    /// <summary>Every code, in the order of <see cref="ErrorCodes"/>.</summary>
    public static IReadOnlyDictionary<string, Recovery> All { get; } = new Dictionary<string, Recovery>
    {
        [InvalidRequest] = Final(Input, "Mend the fields that are named and call again."),
        [UnsupportedByModel] = Final(Model, "Choose a value the model allows, or another model."),
        [ModelNotFound] = Final(Model, "Choose a model from the list of models."),
        [NotFound] = Final(Input, "Check the id; it may have been deleted."),
        [IdempotencyKeyReused] = Final(Input, "Use a new key for a new request, or send the first request again unchanged."),
        [ScopeMissing] = Final(Access, "Use a key that has the scope that is named."),
        [Unauthenticated] = Final(Access, "Sign in, or send an API key."),
        [InvalidCredentials] = Final(Access, "Check the name and the password."),
        [RoleMissing] = Final(Access, "Have an admin do it, or ask one for the role."),
        [PasswordChangeRequired] = Final(Access, "Choose a password of your own, then call again."),
        [UserExists] = Final(Input, "Choose another name."),
        [HostRefused] = Final(Setup, "Have the name or page allowed in the settings, or use one that is."),
        [BodyTooLarge] = Final(Input, "Send less at once."),
        [BodyUnreadable] = Final(Input, "Send the body in one of the types that are named."),
        [BudgetExceeded] = Final(Money, "Ask for something cheaper, or raise the limit."),
        [LimitReached] = Final(State, "Remove something that counts towards the limit, then call again."),
        [RateLimited] = Again(State, "Call again after the time it names."),
        [NotReady] = Again(State, "Wait until it is completed, then call again."),
        [NotTerminal] = Again(State, "Wait for its end or cancel it, then call again."),
        [InvalidImage] = Final(Input, "Send a whole PNG, JPEG or WebP picture."),
        [ImageTooLarge] = Final(Input, "Make the picture smaller."),
        [InvalidVideo] = Final(Input, "Send a whole MP4, MOV or WebM video within the limits that are named."),
        [ConfigurationInvalid] = Final(Setup, "Correct the settings that are named."),
        [OutputNotWritable] = Final(Storage, "Choose another place for the file, or have its rights mended."),
        [InvalidFileName] = Final(Input, "Use a plain name inside the folder."),
        [FileNotFound] = Final(Input, "Choose a name that is in the folder."),
        [FileExists] = Final(Input, "Choose another name, or allow overwriting."),
        [FolderUnusable] = Final(Setup, "Have the folder made, with rights to use it, or another one set."),
        [UrlRefused] = Final(Input, "Give a public http or https address, or send the picture itself."),
        [UrlFailed] = Again(Network, "Try again in a moment, or send the picture itself."),
        [SessionNotFound] = Final(Input, "Check the id against the list of sessions."),
        [SessionClosed] = Final(State, "Begin a new session, with one of its pictures to go on from."),
        [SessionExpired] = Final(State, "Begin a new session, with one of its pictures to go on from."),
        [MetadataMissing] = Final(Input, "Name a picture that was made here, with its metadata file beside it."),
        [MetadataUnreadable] = Final(Input, "Mend the metadata file beside the picture, or use the picture as a reference."),
        [MetadataIncomplete] = Final(Input, "Add what the metadata file lacks, or use the picture as a reference."),
        [MediaToolMissing] = Final(Setup, "Have ffmpeg installed."),
        [StorageFull] = Again(Storage, "Have room made on the disk, then call again."),
        [StorageUnavailable] = Again(Storage, "Try again in a moment; if it lasts, have the bucket and its settings looked at."),
        [StorageDamaged] = Final(Storage, "Have the disk checked, and restore a backup."),
        [DatabaseBusy] = Again(Storage, "Try again in a moment."),
        [DatabaseUnusable] = Final(Storage, "Restore a backup, or name another data folder."),

        [Cancelled] = Final(State, "Create it anew if it is wanted after all."),
        [Expired] = Final(Unsettled, "Wait for the same job again: that looks at the provider once more without paying."),
        [SubmissionUnknown] = Final(Unsettled, "Look into the account at the provider, say what is there with kinora jobs resolve, and create it anew only if it is not."),
        [ProviderRefused] = Final(ErrorCategory.Provider, "Change what the provider names, or choose another model."),
        [ProviderFailed] = Final(ErrorCategory.Provider, "Create it anew if its price is worth a second try, perhaps with another prompt or model."),
        [ProviderUnreachable] = Again(Network, "Try again later; nothing was sent and nothing was charged."),
        [ProviderGone] = Final(Model, "Choose another model; the provider has ended this one."),
        [AuthRequired] = Final(Access, "Have the provider's key set right, then ask again."),
        [ProviderNotAllowed] = Final(Access, "Have the provider's key set right."),
        [ProviderQuota] = Final(Money, "Have the account at the provider topped up, or choose another provider."),
        [ContentPolicy] = Final(Input, "Change the prompt or the pictures; the same again is refused again."),
        [RemoteLost] = Final(Unsettled, "Ask the provider about the remote id before it is made anew."),
        [AssetMissing] = Final(Storage, "Create it anew; a file it needs or made is not there."),
        [AssetInvalid] = Final(ErrorCategory.Provider, "Create it anew with another model; what was delivered is no usable file."),
        [AssetExpired] = Final(Unsettled, "Wait for the same job again, and ask the provider for the file before it is made anew."),
        [RenderFailed] = Again(ErrorCategory.Internal, "Try again; if it fails again, the log tells more."),
        [JobSetAside] = Final(ErrorCategory.Internal, "Look into the log before it is made anew."),
        [ErrorCodes.Internal] = Final(ErrorCategory.Internal, "Look at what is there before creating anything again; the log tells more."),
    };

    /// <summary>The word for programs.</summary>
    public string Word => Category.ToString().ToLowerInvariant();

    /// <summary>A code of a newer version or of nobody is taken for a fault of ours.</summary>
    public static Recovery Of(string code) => All.GetValueOrDefault(code) ?? All[ErrorCodes.Internal];

    private static Recovery Again(ErrorCategory category, string suggestion) => new(category, Retryable: true, suggestion);

    private static Recovery Final(ErrorCategory category, string suggestion) => new(category, Retryable: false, suggestion);
}
