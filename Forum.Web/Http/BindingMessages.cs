using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace Forum.Web.Http;

/// <summary>What model binding says about values it cannot read. It speaks in keys; the page filter puts them into words.</summary>
static class BindingMessages
{
    /// <summary>The key under which such a value is explained.</summary>
    public const string Unreadable = "shell.unreadable-value";

    public static void Translate(DefaultModelBindingMessageProvider messages)
    {
        messages.SetAttemptedValueIsInvalidAccessor((_, _) => Unreadable);
        messages.SetMissingBindRequiredValueAccessor(_ => Unreadable);
        messages.SetMissingKeyOrValueAccessor(() => Unreadable);
        messages.SetMissingRequestBodyRequiredValueAccessor(() => Unreadable);
        messages.SetNonPropertyAttemptedValueIsInvalidAccessor(_ => Unreadable);
        messages.SetNonPropertyUnknownValueIsInvalidAccessor(() => Unreadable);
        messages.SetNonPropertyValueMustBeANumberAccessor(() => Unreadable);
        messages.SetUnknownValueIsInvalidAccessor(_ => Unreadable);
        messages.SetValueIsInvalidAccessor(_ => Unreadable);
        messages.SetValueMustBeANumberAccessor(_ => Unreadable);
        messages.SetValueMustNotBeNullAccessor(_ => Unreadable);
    }
}
